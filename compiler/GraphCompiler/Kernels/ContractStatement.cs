using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>
/// The one template: a register-tiled contraction. Loops over batches, blocks of the sum, panels of columns and tiles of
/// rows stand in generated code; a tile is a call. Its holes are IR: two accesses, and the statements that take over a
/// finished tile (bias, activation, update).
/// </summary>
internal sealed class ContractStatement : KernelStatement
{
    /// <summary>Loops around the matrix product: batches, and free axes that did not merge. The first is split over workers.</summary>
    public required ImmutableArray<Axis> Outer { get; init; }

    /// <summary>Rows of the product; null for one.</summary>
    public required Axis? M { get; init; }

    /// <summary>Columns of the product; null for one.</summary>
    public required Axis? N { get; init; }

    /// <summary>Sums around the innermost one, where contracted axes did not merge.</summary>
    public required ImmutableArray<Axis> OuterSums { get; init; }

    /// <summary>The innermost sum; null where nothing or one element is summed.</summary>
    public required Axis? K { get; init; }

    public required Access A { get; init; }

    public required Access B { get; init; }

    /// <summary>Variables of the template that the epilogue's accesses speak of: first row and column of the tile, and the place in it.</summary>
    public required (Axis FirstRow, Axis FirstColumn, Axis Row, Axis Column) Tile { get; init; }

    /// <summary>The tile, row-major in scratch memory.</summary>
    public required KernelBuffer TileBuffer { get; init; }

    /// <summary>Elements of the sum in one block; more than that goes through partial sums.</summary>
    public required long SumBlock { get; init; }

    /// <summary>Rows of A that are used together, so that they stay in the second-level cache while columns pass.</summary>
    public required long RowBlock { get; init; }

    /// <summary>Whether tiles follow each other along a row of tiles, whose rows of A wait in the first-level cache, packed,
    /// while all panels of B pass; otherwise down a column of tiles, where B's panel waits and a block of rows of A passes.</summary>
    public required bool GoesAlongRows { get; init; }

    /// <summary>Columns of B that are used together by all rows where tiles go along rows.</summary>
    public required long ColumnBlock { get; init; }

    /// <summary>B by panels of tile columns, or null where it is read in place: all panels, or the one in use.</summary>
    public required KernelBuffer? PackedB { get; init; }

    public required PackingMode Packing { get; init; }

    /// <summary>A block of rows of A by panels of tile rows, or just one such panel where tiles go along rows; null where
    /// A is read in place.</summary>
    public required KernelBuffer? PackedA { get; init; }

    /// <summary>Adds the sum so far to a tile, and keeps a tile's sum so far; both null where one block does.</summary>
    public required ImmutableArray<KernelStatement> LoadPartial { get; init; }

    public required ImmutableArray<KernelStatement> StorePartial { get; init; }

    /// <summary>What becomes of a finished tile.</summary>
    public required ImmutableArray<KernelStatement> Epilogue { get; init; }

    /// <summary>What the epilogue reads and writes of memory, to be fetched while a tile is computed; with the axes of a tile.</summary>
    public ImmutableArray<Access> Prefetched { get; init; } = [];

    /// <summary>Whether there is but one row, and B is read a few whole rows at a time: a tile is then a stretch of the row.</summary>
    public required bool IsRow { get; init; }

    /// <summary>Rows of a tile.</summary>
    public int TileRows => (int)TileBuffer.Shape[0].Factor;

    /// <summary>Columns of a tile.</summary>
    public int TileColumns => (int)TileBuffer.Shape[1].Factor;
}
