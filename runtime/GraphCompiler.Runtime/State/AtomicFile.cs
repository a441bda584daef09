using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GraphCompiler.Runtime.State;

/// <summary>
/// Replaces a file as a whole, or not at all. What is no file on a disk (a device, a pipe) is written to: put in its
/// place, a file would be there for everybody else as well.
/// </summary>
internal static class AtomicFile
{
    private const string Temporary = ".graphcompiler.tmp";

    // A writer that was killed an hour ago is not writing any more.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes beside the file, flushes to the disk, and renames over it: a rename is atomic, so a reader sees the old
    /// or the new.
    /// </summary>
    /// <param name="path">The file, which keeps its mode; where it is a link, what it points at is replaced.</param>
    /// <param name="write">Writes the contents, from the first byte to the last.</param>
    /// <param name="flush">False where a file that a power failure leaves empty is no harm.</param>
    /// <exception cref="IOException">The system refuses, or a folder is there.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static void Replace(string path, Action<Stream> write, bool flush = true)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder");
        }

        if (SpecialFile.IsAt(path))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(device);
            return;
        }

        var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

        // In the same folder, hence on the same disk; under a name that nobody else has, and no longer than others are.
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $"{Guid.NewGuid():N}{Temporary}");
        try
        {
            using (var file = new FileStream(temporary, OptionsLike(target)))
            {
                write(file);
                KeepMode(target, file.SafeFileHandle);
                file.Flush(flush);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>Replaces a file by a text, in UTF-8 without a mark.</summary>
    /// <inheritdoc cref="Replace(string, Action{Stream}, bool)"/>
    public static void Replace(string path, string text, bool flush = true) =>
        Replace(path, file => file.Write(Utf8.GetBytes(text)), flush);

    /// <summary>Replaces a file that is missing or has another text.</summary>
    /// <returns>True where it was written.</returns>
    /// <inheritdoc cref="Replace(string, Action{Stream}, bool)"/>
    public static bool ReplaceIfDifferent(string path, string text)
    {
        if (Holds(path, text))
        {
            return false;
        }

        Replace(path, text);
        return true;
    }

    /// <summary>Replaces a file that a user named.</summary>
    /// <exception cref="GraphException">GRC0433: the system refuses.</exception>
    /// <inheritdoc cref="Replace(string, Action{Stream}, bool)"/>
    public static void Save(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            Replace(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GraphException("GRC0433", $"Saving requires a file that can be written: \"{path}\": {e.Message}", inner: e);
        }
    }

    /// <summary>True where the file holds this text. Version control may have changed the ends of its lines.</summary>
    public static bool Holds(string path, string text) => Read(path) is { } known && known == Normalize(text);

    /// <summary>The text of a file, with plain ends of lines, or null where there is none.</summary>
    public static string? Read(string path) => File.Exists(path) && !SpecialFile.IsAt(path) ? Normalize(File.ReadAllText(path)) : null;

    /// <summary>Removes what writers left behind that were killed.</summary>
    public static void RemoveAbandoned(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*" + Temporary))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > Abandoned)
            {
                File.Delete(file);
            }
        }
    }

    private static FileStreamOptions OptionsLike(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            options.UnixCreateMode = File.GetUnixFileMode(target);
        }

        return options;
    }

    // The system may have taken bits from the mode that the file was created with.
    private static void KeepMode(string target, SafeFileHandle file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(target));
        }
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be written cannot be removed either; the first error is the one to tell.
        }
    }
}
