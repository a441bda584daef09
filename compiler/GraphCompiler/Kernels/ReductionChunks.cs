using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// Into which chunks long lines are cut when there are too few lines to go round: any worker reduces a chunk, and what the
/// chunks leave is combined in their order. Shapes alone decide, at the bounds of symbols, so that bits depend neither on
/// the number of workers nor on the run.
/// </summary>
internal static class ReductionChunks
{
    /// <summary>Of rows that also feed sums over the rows: what they leave is added up by few.</summary>
    private const long MostChunks = 64;

    /// <summary>Lines that go round among any number of workers that this is made for.</summary>
    private const long ManyLines = 16;

    /// <summary>Iterations of the outermost reduced axis in one chunk; null where lines stay whole.</summary>
    /// <param name="space">Merged.</param>
    /// <param name="inColumns">Whether the innermost axis is kept and runs in lanes.</param>
    /// <param name="singlePass">Whether nothing that a line gives is wanted in the line again.</param>
    /// <param name="split">How large a chunk is.</param>
    public static long? SizeOf(LoopSpace space, bool inColumns, bool singlePass, SplitPolicy split)
    {
        var (kept, reduced) = (space.Kept, space.Reduced);
        if (reduced.IsEmpty || (!kept.IsEmpty && (!singlePass || Product(inColumns ? kept[..^1] : kept) >= ManyLines)))
        {
            return null;
        }

        var step = inColumns ? Product(space.Axes.Select(static a => a.Axis)) / Math.Max(1, reduced[0].Extent.Max) : Product(reduced[1..]);
        var size = Math.Max(inColumns ? split.ChunkRows : 1, split.ChunkElements / Math.Max(1, step));
        return reduced[0].Extent.Max >= 2 * size ? size : null;
    }

    /// <summary>The same for a sum of all elements of a tensor, its axes merged.</summary>
    public static long? SizeOf(LoopSpace space, SplitPolicy split) => SizeOf(space, inColumns: false, singlePass: true, split);

    /// <summary>
    /// Iterations of the outermost kept axis in a chunk of rows that also feed sums over the rows: some 64 chunks at most, and
    /// each of enough rows that its own row of sums is little beside them.
    /// </summary>
    public static long RowsOf(LoopSpace space, SplitPolicy split)
    {
        var (line, inner) = (Math.Max(1, Product(space.Reduced)), Math.Max(1, Product(space.Kept[1..])));
        var fewest = Math.Max(1, split.ChunkRows / 16);
        var rows = Math.Max(space.Kept[0].Extent.Max * inner / MostChunks, Math.Clamp(split.ChunkElements / line, fewest, 4 * fewest));
        return (rows + inner - 1) / inner;
    }

    private static long Product(IEnumerable<Axis> axes) => axes.Aggregate(1L, static (n, axis) => checked(n * Math.Max(1, axis.Extent.Max)));
}
