namespace GraphCompiler.Diagnostics;

/// <summary>The debug ladder: each level shows strictly more than the one below. Chosen by <c>GRAPHC_DEBUG</c> or in code.</summary>
public enum DebugLevel
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>How long each stage took.</summary>
    Timings = 1,

    /// <summary>The graph between stages.</summary>
    Graphs = 2,

    /// <summary>Why nodes were fused or not, and the memory plan.</summary>
    Plans = 3,

    /// <summary>The generated C#.</summary>
    Source = 4,

    /// <summary>Each rewrite, with the name of its rule.</summary>
    Rewrites = 5,

    /// <summary>The verifier runs after every rewrite.</summary>
    Verify = 6,
}
