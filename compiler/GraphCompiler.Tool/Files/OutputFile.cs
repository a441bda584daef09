using GraphCompiler.Runtime.State;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Files;

/// <summary>Files that a user asks for: there as a whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text, and the folders above it; not at all where the file holds it already.</summary>
    /// <returns>True when the file was written.</returns>
    /// <exception cref="UserError">The system refuses, or a folder is there.</exception>
    public static bool Write(string path, string text)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            throw new UserError($"{path} is a folder");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return AtomicFile.ReplaceIfDifferent(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path} cannot be written: {e.Message}", e);
        }
    }
}
