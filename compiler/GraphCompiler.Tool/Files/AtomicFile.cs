using System.Text;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Files;

/// <summary>Files that are there as a whole or not at all.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text under a name of its own, flushes it to the disk, and renames it; not at all where the file holds it already.</summary>
    /// <returns>True when the file was written.</returns>
    public static bool WriteIfChanged(string path, string text)
    {
        path = Path.GetFullPath(path);
        var bytes = Utf8.GetBytes(text);
        if (Directory.Exists(path))
        {
            throw new UserError($"{path} is a folder");
        }

        try
        {
            return !Holds(path, bytes) && Replace(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path} cannot be written: {e.Message}", e);
        }
    }

    private static bool Replace(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return true;
    }

    /// <summary>Whether a file is there and holds a text.</summary>
    public static bool Holds(string path, string text) => Holds(path, Utf8.GetBytes(text));

    private static bool Holds(string path, byte[] bytes)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
    }
}
