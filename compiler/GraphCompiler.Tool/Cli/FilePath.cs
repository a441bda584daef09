namespace GraphCompiler.Tool.Cli;

/// <summary>Paths from the command line.</summary>
internal static class FilePath
{
    /// <summary>The path itself, if it can be one.</summary>
    /// <exception cref="UserError">It is empty or holds a zero character.</exception>
    public static string Required(string path, string argument) =>
        path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal) ? path : throw new UserError($"{argument} requires a path");
}
