using System.Security;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Compile;

/// <summary>
/// Generated programs and compiled kernels on the disk, one file for each key. Any number of processes may use one directory at once: a file
/// appears as a whole or not at all, and is believed only if its hash is right. Trouble of any kind means no cache,
/// never an error.
/// </summary>
internal sealed class KernelCache
{
    /// <summary>Files that are kept; beyond, the oldest go until three quarters are left.</summary>
    public const int MaxEntries = 2048;

    /// <summary>Bytes of all files that are kept, likewise.</summary>
    public const long MaxBytes = 512L << 20;

    private const string Extension = ".kernels";
    private const string ProgramExtension = ".program";
    private const string Temporary = ".tmp";

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly string _directory;

    private readonly long _maxBytes;

    private KernelCache(string directory, long maxBytes) => (_directory, _maxBytes) = (directory, maxBytes);

    /// <summary>The cache in a directory, or null where there is to be none or cannot be one.</summary>
    /// <param name="directory">Made if need be; null for none.</param>
    /// <param name="maxBytes">Bytes of all files that are kept.</param>
    public static KernelCache? Open(string? directory, long maxBytes = MaxBytes)
    {
        KernelCache? cache = null;
        if (directory is not null)
        {
            Try(() => cache = CacheDirectory.TryOpen(directory) ? new KernelCache(Path.GetFullPath(directory), maxBytes) : null);
        }

        return cache;
    }

    /// <summary>The file of a key.</summary>
    public string PathOf(string key) => Path.Combine(_directory, key + Extension);

    /// <summary>The file of a graph's key.</summary>
    public string ProgramPathOf(string key) => Path.Combine(_directory, key + ProgramExtension);

    /// <summary>What is kept for a key, or null. A damaged file is removed.</summary>
    public CompiledAssembly? Read(string key) =>
        Read(key, PathOf(key), static content => CacheEntry.Decode(content)) as CompiledAssembly;

    /// <summary>What was generated of the graph with a key, or null. A damaged file is removed.</summary>
    public GeneratedProgram? ReadProgram(string key) =>
        Read(key, ProgramPathOf(key), ProgramFormat.Decode) as GeneratedProgram;

    /// <summary>Keeps an assembly, if that is possible.</summary>
    public void Write(string key, CompiledAssembly assembly) => Write(key, PathOf(key), CacheEntry.Encode(assembly));

    /// <summary>Keeps what was generated of a graph, if that is possible.</summary>
    public void Write(string key, GeneratedProgram program) =>
        Write(key, ProgramPathOf(key), ProgramFormat.Encode(program));

    private static object? Read(string key, string path, Func<byte[], object?> decode)
    {
        object? result = null;
        Try(() =>
        {
            // Reading a pipe would wait for somebody to write.
            if (new FileInfo(path) is { Exists: true } file && !SpecialFile.IsAt(file.FullName))
            {
                result = file.Length <= MaxBytes && CacheEntry.Unseal(key, File.ReadAllBytes(path)) is { } content ? decode(content) : null;
                if (result is null)
                {
                    File.Delete(path);
                }
            }
        });
        return result;
    }

    private void Write(string key, string path, byte[] content)
    {
        var temporary = Path.Combine(_directory, $"{key}.{Guid.NewGuid():N}{Temporary}");
        var isWritten = Try(() =>
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(CacheEntry.Seal(key, content));
            }

            File.Move(temporary, path, overwrite: true);
        });
        Try(isWritten ? Trim : () => File.Delete(temporary));
    }

    // What nobody uses any more cannot be told from outside: age must do. It costs one listing for each compilation.
    private void Trim()
    {
        var files = new DirectoryInfo(_directory).GetFiles();
        var limit = DateTime.UtcNow - Abandoned;
        var old = files.Where(file => file.Extension == Temporary && file.LastWriteTimeUtc < limit);
        FileInfo[] entries = [.. files.Where(static file => file.Extension is Extension or ProgramExtension)];
        var bytes = 0L; // no Sum, which each start would have to compile
        foreach (var file in entries)
        {
            bytes += file.Length;
        }

        if (entries.Length > MaxEntries || bytes > _maxBytes)
        {
            old = old.Concat(Surplus(entries, bytes));
        }

        foreach (var file in old)
        {
            file.Delete();
        }
    }

    // The oldest, but never the newest of all: it has just been written.
    private List<FileInfo> Surplus(FileInfo[] entries, long bytes)
    {
        var (surplus, count) = (new List<FileInfo>(), entries.Length);
        foreach (var file in entries.OrderBy(static file => file.LastWriteTimeUtc).Take(entries.Length - 1))
        {
            if (count <= MaxEntries * 3 / 4 && bytes <= _maxBytes / 4 * 3)
            {
                break;
            }

            surplus.Add(file);
            count--;
            bytes -= file.Length;
        }

        return surplus;
    }

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException
            or ArgumentException or NotSupportedException or OutOfMemoryException)
        {
            return false;
        }
    }
}
