namespace GraphCompiler.Runtime.Tiles;

/// <summary>
/// Register tiles, panel packing and dot products of generated contractions on
/// <see cref="System.Runtime.Intrinsics.Vector128"/>: NEON on ARM64, SSE and FMA on x64, and correct anywhere else.
/// </summary>
/// <remarks>
/// The logical tile, the packed layouts and the order of every sum are those of <see cref="Tile256"/>, whose remarks
/// hold here too; the tile is computed as two sub-tiles of six rows and two vectors, since six rows of four vectors do
/// not fit 16 registers. The bits are those of <see cref="Tile256"/> where the processor has FMA; where it has none,
/// a·b + c is rounded twice.
/// </remarks>
public static partial class Tile128
{
    /// <inheritdoc cref="Tile256.Rows"/>
    public const int Rows = Tile256.Rows;

    /// <inheritdoc cref="Tile256.ColumnsFloat32"/>
    public const int ColumnsFloat32 = Tile256.ColumnsFloat32;

    /// <inheritdoc cref="Tile256.ColumnsFloat64"/>
    public const int ColumnsFloat64 = Tile256.ColumnsFloat64;
}
