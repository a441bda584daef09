namespace GraphCompiler.Runtime.Tiles;

/// <summary>
/// Register tiles, panel packing and dot products of generated contractions on 256-bit vectors: AVX2 and FMA are
/// required.
/// </summary>
/// <remarks>
/// <para>A tile is <see cref="Rows"/> × two vectors: 12 accumulators, two vectors of B and one broadcast element of A
/// fill the 16 registers of AVX2, and 12 chains of fused multiply-adds hide the latency of two FMA pipes (Goto and van
/// de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008; Van Zee and van de Geijn, "BLIS", 2015).</para>
/// <para>Bits: each element is the chain s ← fma(a, b, s) over k in order, from s = +0; accumulating adds s to the old
/// value once. <see cref="Tile128"/> gives the same bits on every processor that has FMA (payloads of NaN excepted).
/// The error of an element is at most k·ε·Σ|a·b|, ε being half a ULP of 1.</para>
/// <para>Every reference must be to native or pinned memory, aligned to the element; nothing is checked here. Strides
/// count elements.</para>
/// </remarks>
public static partial class Tile256
{
    /// <summary>Rows of a tile, and of a packed panel of A.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a tile of float32, and of its packed panel of B.</summary>
    public const int ColumnsFloat32 = 16;

    /// <summary>Columns of a tile of float64, and of its packed panel of B.</summary>
    public const int ColumnsFloat64 = 8;
}
