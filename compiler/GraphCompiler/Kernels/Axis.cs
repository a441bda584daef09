namespace GraphCompiler.Kernels;

/// <summary>A loop variable: 0 ≤ axis &lt; extent. Compared by reference.</summary>
internal sealed class Axis(string name, Dim extent)
{
    /// <summary>Hint for the name of the variable in generated code.</summary>
    public string Name => name;

    /// <summary>For chunks of a symbolic extent, and for the elements of a chunk, the bound.</summary>
    public Dim Extent => extent;

    /// <summary>For an axis that counts chunks: the extent that they are chunks of.</summary>
    public Dim? Whole { get; private init; }

    /// <summary>For an axis that counts chunks: elements of each but the last. A constant, so that where chunks end does not depend on the run.</summary>
    public long ChunkSize { get; private init; }

    /// <summary>For an axis that counts the elements of a chunk: the axis that counts chunks.</summary>
    public Axis? Chunks { get; private init; }

    /// <summary>An axis as chunks and the elements of a chunk: <c>axis = chunks·size + within</c>.</summary>
    public static (Axis Chunks, Axis Within) Split(Axis axis, long size)
    {
        var count = (Math.Max(1, axis.Extent.Max) + size - 1) / size;
        var chunks = new Axis("chunk", count) { Whole = axis.Extent, ChunkSize = size };
        return (chunks, new Axis(axis.Name, Math.Min(size, axis.Extent.Max)) { Chunks = chunks });
    }

    public override string ToString() => $"{name}<{extent}>";
}
