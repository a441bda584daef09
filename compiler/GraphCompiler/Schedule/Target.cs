using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Schedule;

/// <summary>
/// A named processor that decisions may depend on, beside the graph: never a measurement, so the same program gives the
/// same source everywhere. What decides bits (blocks of a sum, trees of a reduction) must not be here.
/// </summary>
/// <param name="Name">In headers and cache keys.</param>
/// <param name="TileRows">Rows of a register tile at most, and of a packed panel.</param>
/// <param name="TileBytes">Of one row of a register tile.</param>
/// <param name="HasExactTiles">Whether a tile writes its valid part and nothing else, so that it can go straight to the
/// result at an edge too.</param>
/// <param name="FetchesPanels">Whether a tile can ask for the panel after its own, which is then near when
/// its turn comes, and need not be packed to be read fast.</param>
/// <param name="GoesAlongRows">Whether tiles of a tall product are computed row of tiles by row of tiles: they are so fast
/// that writing the result column by column would take a good part of the time.</param>
internal sealed record Target(string Name, int TileRows, int TileBytes, bool HasExactTiles, bool FetchesPanels, bool GoesAlongRows)
{
    public static Target Avx512 { get; } = new("x64-avx512", Tile512.Rows, Tile512.ColumnsFloat32 * sizeof(float), HasExactTiles: true, FetchesPanels: true, GoesAlongRows: true);

    public static Target Avx2 { get; } = new("x64-avx2", Tile256.Rows, Tile256.ColumnsFloat32 * sizeof(float), HasExactTiles: false, FetchesPanels: false, GoesAlongRows: false);

    public static Target Portable { get; } = new("portable", Tile128.Rows, Tile128.ColumnsFloat32 * sizeof(float), HasExactTiles: false, FetchesPanels: false, GoesAlongRows: false);

    /// <summary>Columns of a register tile at most, and of a packed panel.</summary>
    public int TileColumns(DType type) => TileBytes / type.Size();
}
