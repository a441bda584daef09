namespace GraphCompiler.Tool.Cli;

/// <summary>How <c>graphc</c> ends, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something is wrong with the graph, its source, or a file.</summary>
    public const int Error = 1;

    /// <summary>Something is wrong with the command line.</summary>
    public const int Usage = 2;

    /// <summary>A mistake of the compiler.</summary>
    public const int Internal = 70;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Cancelled = 130;
}
