namespace GraphCompiler.Runtime.Tiles;

/// <summary>
/// A number that is a type, so that one generic kernel is compiled once per tile shape and branches on it fold away.
/// </summary>
internal interface ICount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}
