using System.Numerics;

namespace GraphCompiler.Schedule;

/// <summary>Finds the regions alive at some step of a lifetime, in time that grows with their number alone.</summary>
internal sealed class LifetimeTree
{
    // A segment tree over steps: a region hangs at the largest spans that make up its lifetime.
    private readonly IReadOnlyList<MemoryRegion> _regions;
    private readonly List<int>?[] _at;
    private readonly bool[] _hasBelow;
    private readonly int[] _seenBy;
    private readonly int _leaves;

    public LifetimeTree(IReadOnlyList<MemoryRegion> regions)
    {
        _regions = regions;
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)regions.Select(static r => r.Last + 1).DefaultIfEmpty(1).Max());
        (_at, _hasBelow, _seenBy) = (new List<int>?[2 * _leaves], new bool[2 * _leaves], new int[regions.Count]);
        Array.Fill(_seenBy, -1);
    }

    public void Add(int region) => Add(region, 1, 0, _leaves);

    public void Overlapping(int region, List<int> into) => Find(region, 1, 0, _leaves, into);

    private void Add(int region, int span, int from, int to)
    {
        var (first, last) = (_regions[region].First, _regions[region].Last);
        if (first >= to || last < from)
        {
            return;
        }

        if (first <= from && to - 1 <= last)
        {
            (_at[span] ??= []).Add(region);
            return;
        }

        _hasBelow[span] = true;
        Add(region, 2 * span, from, (from + to) / 2);
        Add(region, (2 * span) + 1, (from + to) / 2, to);
    }

    private void Find(int region, int span, int from, int to, List<int> into)
    {
        if (_regions[region].First >= to || _regions[region].Last < from)
        {
            return;
        }

        foreach (var other in _at[span] ?? [])
        {
            if (_seenBy[other] != region)
            {
                _seenBy[other] = region;
                into.Add(other);
            }
        }

        if (_hasBelow[span])
        {
            Find(region, 2 * span, from, (from + to) / 2, into);
            Find(region, (2 * span) + 1, (from + to) / 2, to, into);
        }
    }
}
