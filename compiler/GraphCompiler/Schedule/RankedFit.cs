using System.Runtime.InteropServices;

namespace GraphCompiler.Schedule;

/// <summary>
/// Packs regions by rank, each at the lowest offset that no region alive at the same time touches. The largest first
/// leaves few holes, since what is small fits beside what is large (Pisarchyk and Lee, "Efficient Memory Management for
/// Deep Neural Net Inference", 2020), and where it does not, those that last. What sticks out at the end goes earlier in the
/// next round.
/// </summary>
internal static class RankedFit
{
    private const int MaxRounds = 64;

    private static readonly Func<MemoryRegion, double>[] Ranks =
        [static r => r.Bytes, static r => (double)r.Bytes * (r.Last - r.First + 1), static r => r.Last - r.First];

    /// <summary>Pairs of regions that may be compared; a graph in which everything lives at once would take quadratic time.</summary>
    private const long MaxComparisons = 20_000_000;

    /// <summary>An offset for each region, or null where that would take too long.</summary>
    /// <param name="regions">What is to be packed.</param>
    /// <param name="least">No packing is better than that.</param>
    /// <param name="measure">The bytes that a packing takes, and the region that is at the top where it takes most.</param>
    public static long[]? Pack(IReadOnlyList<MemoryRegion> regions, long least, Func<long[], (long Bytes, int Region)> measure)
    {
        var (best, bestEnd, comparisons) = ((long[]?)null, long.MaxValue, 0L);
        foreach (var rank in Ranks)
        {
            var order = Enumerable.Range(0, regions.Count).OrderByDescending(i => rank(regions[i])).ToList();
            for (var round = 0; round < MaxRounds && bestEnd > least; round++)
            {
                if (Pack(regions, order, ref comparisons) is not { } offsets)
                {
                    return best;
                }

                var (end, region) = measure(offsets);
                (best, bestEnd) = end < bestEnd ? (offsets, end) : (best, bestEnd);
                var last = order.IndexOf(region);
                order.RemoveAt(last);
                order.Insert(round % 2 == 0 ? 0 : last / 2, region);
            }
        }

        return best;
    }

    private static long[]? Pack(IReadOnlyList<MemoryRegion> regions, List<int> order, ref long comparisons)
    {
        var (offsets, placed, neighbours, starts) = (new long[regions.Count], new LifetimeTree(regions), new List<int>(), new List<long>());
        foreach (var i in order)
        {
            neighbours.Clear();
            placed.Overlapping(i, neighbours);
            comparisons += neighbours.Count;
            if (comparisons > MaxComparisons)
            {
                return null;
            }

            starts.Clear();
            foreach (var n in neighbours)
            {
                starts.Add(offsets[n]);
            }

            // By key rather than by comparing offsets: this sort is most of the work.
            CollectionsMarshal.AsSpan(starts).Sort(CollectionsMarshal.AsSpan(neighbours));
            var offset = 0L;
            foreach (var n in neighbours)
            {
                if (offset + regions[i].Bytes <= offsets[n])
                {
                    break;
                }

                offset = Math.Max(offset, checked(offsets[n] + regions[n].Bytes));
            }

            offsets[i] = offset;
            placed.Add(i);
        }

        return offsets;
    }
}
