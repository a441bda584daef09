namespace GraphCompiler.Runtime.Tiles;

/// <summary>What tile kernels are specialised by as well: whether all lanes of the last vector of a row are valid.</summary>
internal static class Edges
{
    /// <summary>All lanes are.</summary>
    internal readonly struct Whole;

    /// <summary>Some are, and the others are neither read nor written.</summary>
    internal readonly struct Masked;
}
