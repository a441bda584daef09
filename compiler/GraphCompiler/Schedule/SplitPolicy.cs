namespace GraphCompiler.Schedule;

/// <summary>From which size on the work of a kernel is split over workers. Decides time, never bits, but for the size of chunks.</summary>
/// <param name="MinElements">Elements times nodes: some ten microseconds of vector code, several times a barrier.</param>
/// <param name="MinFlops">The same for a contraction.</param>
/// <param name="GrainElements">What a worker takes at least: small enough to balance, big enough to matter.</param>
/// <param name="VectorGrain">Ranges of lanes are multiples of this.</param>
internal sealed record SplitPolicy(long MinElements, long MinFlops, long GrainElements, long VectorGrain)
{
    /// <summary>
    /// Elements of a chunk of a long reduction: some microseconds of work, a fraction of a cache. The order of sums depends on
    /// it, so it is the same for every program; tests make it small.
    /// </summary>
    public long ChunkElements { get; init; } = 1 << 14;

    /// <summary>Rows of a chunk of columns: what a chunk leaves is a row, written once and read once. As constant as <see cref="ChunkElements"/>.</summary>
    public long ChunkRows { get; init; } = 128;

    public static SplitPolicy Default { get; } = new(1 << 15, 1 << 18, 2048, 64);

    /// <summary>Everything that can be split is, as finely as it can be: for tests of small graphs.</summary>
    public static SplitPolicy Always { get; } = new(1, 1, 1, 8) { ChunkElements = 16, ChunkRows = 4 };
}
