namespace GraphCompiler.Schedule;

/// <summary>Packs regions in the order in which they are taken, each into the first gap that holds it: time in proportion to their number.</summary>
internal static class FirstFit
{
    /// <summary>An offset for each region; the regions are in the order of their first steps.</summary>
    public static long[] Pack(IReadOnlyList<MemoryRegion> regions)
    {
        var (offsets, gaps, ends, end) = (new long[regions.Count], new Gaps(), new PriorityQueue<int, (int Last, int Index)>(), 0L);
        for (var i = 0; i < regions.Count; i++)
        {
            while (ends.TryPeek(out var over, out var when) && when.Last < regions[i].First)
            {
                ends.Dequeue();
                gaps.Add(offsets[over], regions[over].Bytes);
            }

            offsets[i] = gaps.Take(regions[i].Bytes, ref end);
            ends.Enqueue(i, (regions[i].Last, i));
        }

        return offsets;
    }

    /// <summary>What is free below the end: disjoint, never adjacent.</summary>
    private sealed class Gaps
    {
        private readonly SortedList<long, long> _gaps = []; // offset → bytes

        public long Take(long bytes, ref long end)
        {
            for (var i = 0; i < _gaps.Count; i++)
            {
                var (offset, size) = (_gaps.Keys[i], _gaps.Values[i]);
                var reachesEnd = offset + size == end; // the last gap may grow
                if (size < bytes && !reachesEnd)
                {
                    continue;
                }

                _gaps.RemoveAt(i);
                if (size > bytes)
                {
                    _gaps.Add(offset + bytes, size - bytes);
                }

                end = Math.Max(end, checked(offset + bytes));
                return offset;
            }

            (var start, end) = (end, checked(end + bytes));
            return start;
        }

        public void Add(long offset, long bytes)
        {
            var next = Behind(offset);
            if (next < _gaps.Count && _gaps.Keys[next] == offset + bytes)
            {
                bytes += _gaps.Values[next];
                _gaps.RemoveAt(next);
            }

            if (next > 0 && _gaps.Keys[next - 1] + _gaps.Values[next - 1] == offset)
            {
                offset = _gaps.Keys[next - 1];
                bytes += _gaps.Values[next - 1];
                _gaps.RemoveAt(next - 1);
            }

            _gaps.Add(offset, bytes);
        }

        // First gap behind an offset.
        private int Behind(long offset)
        {
            var (low, high) = (0, _gaps.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _gaps.Keys[middle] < offset ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
