namespace GraphCompiler;

/// <summary>How long the parts of a compilation took.</summary>
/// <param name="Generate">From the graph to C#; reading that where the disk cache knows the graph.</param>
/// <param name="Cache">Looking for kernels in the disk cache, and writing them to it.</param>
/// <param name="Roslyn">From C# to an assembly; zero when the cache had it.</param>
/// <param name="Load">Loading the assembly; machine code is made when the first run needs it.</param>
public sealed record CompileReport(TimeSpan Generate, TimeSpan Cache, TimeSpan Roslyn, TimeSpan Load)
{
    /// <summary>The sum.</summary>
    public TimeSpan Total => Generate + Cache + Roslyn + Load;
}
