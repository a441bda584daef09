using GraphCompiler.Diagnostics;

namespace GraphCompiler.Compile;

/// <summary>Keeps generated source that does not compile, for a report.</summary>
internal static class RejectedSource
{
    /// <summary>Writes the source to the dump directory, or to a new temporary one, and says where.</summary>
    public static string Save(string fileName, string source, DebugOptions debug)
    {
        try
        {
            // A new directory, which only this user can enter: a fixed path in a shared one could be anybody's link.
            var directory = debug.DumpDirectory is { } dump
                ? Directory.CreateDirectory(dump).FullName
                : Directory.CreateTempSubdirectory("graphcompiler-").FullName;
            var path = Path.Combine(directory, fileName);
            File.WriteAllText(path, source);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the exception's Dump alone, for it could not be written ({e.Message})";
        }
    }
}
