using System.Text;

namespace GraphCompiler.Build;

/// <summary>Files are replaced as a whole or not at all, and left alone where they are what they should be.</summary>
internal static class OutputFile
{
    private const string Temporary = ".graphs.tmp";

    private static int _count;

    // A writer that was killed an hour ago is not writing any more.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Writes text as UTF-8 without a mark.</summary>
    public static void Write(string path, string text)
    {
        // A name of this process and moment: two builds may write the same file.
        var temporary = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _count)}{Temporary}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a file that is missing or has another text.</summary>
    /// <returns>True where it was written.</returns>
    public static bool WriteIfDifferent(string path, string text)
    {
        if (IsSame(path, text))
        {
            return false;
        }

        Write(path, text);
        return true;
    }

    /// <summary>True where the file holds this text. Version control may have changed the ends of its lines.</summary>
    public static bool IsSame(string path, string text) => Read(path) is { } known && known == Normalize(text);

    /// <summary>The text of a file, with plain ends of lines, or null where there is none.</summary>
    public static string? Read(string path) => File.Exists(path) ? Normalize(File.ReadAllText(path)) : null;

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

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
