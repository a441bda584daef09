using System.Collections.Immutable;

namespace GraphCompiler.Schedule;

/// <summary>
/// Collects the blocks of a program and their lifetimes, step by step, and then packs them: in the order of the steps, and
/// where that leaves holes, by size. Offsets and sizes are multiples of 64 bytes, a cache line.
/// </summary>
internal sealed class MemoryPlanner
{
    public const long Alignment = 64;

    private readonly List<MemoryRegion> _regions = [];
    private readonly List<(Storage Storage, int Region, int First, int Last)> _blocks = [];
    private readonly Dictionary<Storage, int> _current = [];

    /// <summary>Takes a block from a step on.</summary>
    public void Take(Storage storage, long bytes, int step)
    {
        _current.Add(storage, _blocks.Count);
        _blocks.Add((storage, _regions.Count, step, step));
        _regions.Add(new MemoryRegion(Aligned(Math.Max(bytes, 1)), step));
    }

    /// <summary>Gives a block back after a step.</summary>
    public void Release(Storage storage, int step) => _regions[End(storage, step)].Last = step;

    /// <summary>A block goes on under another tensor, which overwrites it element by element.</summary>
    public void HandOver(Storage from, Storage to, int step)
    {
        var region = End(from, step);
        _current.Add(to, _blocks.Count);
        _blocks.Add((to, region, step + 1, step + 1));
    }

    /// <param name="scratch">For each step, the bytes that each worker needs for itself.</param>
    public MemoryPlan Finish(IEnumerable<long> scratch)
    {
        ImmutableArray<long> perWorker = [.. scratch.Select(Aligned)];
        var plan = new MemoryPlan([], 0, perWorker);
        Try(FirstFit.Pack(_regions));
        var least = plan.Peak().Bytes;
        if (plan.ArenaBytes > least)
        {
            Try(RankedFit.Pack(_regions, least));
        }

        return plan;

        void Try(long[]? offsets)
        {
            var end = offsets?.Select((offset, i) => checked(offset + _regions[i].Bytes)).DefaultIfEmpty().Max();
            if (offsets is not null && (plan.ArenaBytes == 0 || end < plan.ArenaBytes))
            {
                plan = new([.. _blocks.Select(b => new MemoryPlan.Block(b.Storage, offsets[b.Region], _regions[b.Region].Bytes, b.First, b.Last))], end!.Value, perWorker);
            }
        }
    }

    private int End(Storage storage, int step)
    {
        _current.Remove(storage, out var at);
        _blocks[at] = _blocks[at] with { Last = step };
        return _blocks[at].Region;
    }

    private static long Aligned(long bytes) => checked(bytes + Alignment - 1) / Alignment * Alignment;
}
