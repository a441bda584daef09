namespace GraphCompiler.Saving;

/// <summary>What a saved graph says of itself, and how large one may be; docs/saved-graphs.md describes the rest.</summary>
internal static class SavedFormat
{
    /// <summary>Value of the first member.</summary>
    public const string Name = "graphcompiler.graph";

    /// <summary>Of what is written. Whatever an older reader would misunderstand counts it up.</summary>
    public const int Version = 1;

    /// <summary>Objects and arrays within each other: attributes of attributes need a few.</summary>
    public const int MaxDepth = 32;

    /// <summary>Axes of a shape, and symbols of an extent: work on either may grow with their square.</summary>
    public const int MaxAxes = 1024;

    /// <summary>Bytes of a file. Beyond, constants belong in variables, and those in a file of their own.</summary>
    public const int MaxBytes = 256 << 20;
}
