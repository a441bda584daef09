using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Memory;

namespace GraphCompiler.Schedule;

/// <summary>
/// Collects the blocks of a program and their lifetimes, step by step, and then packs them: in the order of the steps, and
/// where that leaves holes, by size. Offsets and sizes are multiples of 64 bytes, a cache line.
/// </summary>
internal sealed class MemoryPlanner
{
    public const long Alignment = 64;

    // Plans are compared for so many: the more workers, the more their scratch weighs.
    private const int TypicalWorkers = 2;

    private readonly List<MemoryRegion> _regions = [];
    private readonly List<(Storage Storage, int Region, int First, int Last)> _blocks = [];
    private readonly Dictionary<Storage, int> _current = [];

    /// <summary>Takes a block from a step on.</summary>
    public void Take(Storage storage, long bytes, int step)
    {
        _current.Add(storage, _blocks.Count);
        _blocks.Add((storage, _regions.Count, step, step));
        _regions.Add(new MemoryRegion(BlockPadding.Padded(Math.Max(bytes, 1)), step));
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
        long[] perWorker = [.. scratch.Select(Aligned)];
        var first = Plan(FirstFit.Pack(_regions), perWorker);
        var least = first.Peak(TypicalWorkers).Bytes;
        if (first.Bytes(TypicalWorkers) == least || RankedFit.Pack(_regions, least, Measure) is not { } offsets)
        {
            return first;
        }

        var ranked = Plan(offsets, perWorker);
        return ranked.Bytes(TypicalWorkers) < first.Bytes(TypicalWorkers) ? ranked : first;

        (long Bytes, int Region) Measure(long[] offsets)
        {
            var tops = Tops(offsets, Math.Max(perWorker.Length, _regions.Max(static r => r.Last) + 1));
            return tops.Select((top, step) => (checked(top.End + (TypicalWorkers * (step < perWorker.Length ? perWorker[step] : 0))), top.Region)).Max();
        }
    }

    private MemoryPlan Plan(long[] offsets, long[] perWorker)
    {
        var tops = Tops(offsets, perWorker.Length);
        return new(
            [.. _blocks.Select(b => new MemoryPlan.Block(b.Storage, offsets[b.Region], _regions[b.Region].Bytes, b.First, b.Last))],
            offsets.Select((offset, i) => checked(offset + _regions[i].Bytes)).DefaultIfEmpty().Max(),
            [.. tops.Select((top, step) => new ScratchLayout(perWorker[step] > 0 ? top.End : 0, perWorker[step]))]);
    }

    // The end of what is in use at each step, and whose end that is. Scratch lies above it: so there is room for any
    // number of workers.
    private List<(long End, int Region)> Tops(long[] offsets, int steps)
    {
        var order = Enumerable.Range(0, _regions.Count).OrderBy(i => _regions[i].First).ToArray();
        var (inUse, next, tops) = (new PriorityQueue<int, long>(), 0, new List<(long, int)>(steps));
        for (var step = 0; step < steps; step++)
        {
            for (; next < order.Length && _regions[order[next]].First <= step; next++)
            {
                inUse.Enqueue(order[next], -(offsets[order[next]] + _regions[order[next]].Bytes));
            }

            while (inUse.TryPeek(out var highest, out _) && _regions[highest].Last < step)
            {
                inUse.Dequeue();
            }

            tops.Add(inUse.TryPeek(out var region, out var end) ? (-end, region) : (0, 0));
        }

        return tops;
    }

    private int End(Storage storage, int step)
    {
        _current.Remove(storage, out var at);
        _blocks[at] = _blocks[at] with { Last = step };
        return _blocks[at].Region;
    }

    private static long Aligned(long bytes) => checked(bytes + Alignment - 1) / Alignment * Alignment;
}
