using System.Collections.Immutable;

namespace GraphCompiler.Schedule;

/// <summary>
/// Packs blocks by lifetime: steps in order, first gap that fits, gaps merged when blocks end. Offsets and sizes are
/// multiples of 64 bytes, a cache line.
/// </summary>
internal sealed class MemoryPlanner
{
    public const long Alignment = 64;

    private readonly SortedList<long, long> _gaps = []; // offset → bytes, disjoint, never adjacent
    private readonly List<MemoryPlan.Block> _blocks = [];
    private readonly Dictionary<Storage, int> _current = [];
    private long _end;

    /// <summary>Takes a block from a step on.</summary>
    public void Take(Storage storage, long bytes, int step)
    {
        bytes = checked((Math.Max(bytes, 1) + Alignment - 1) / Alignment * Alignment);
        var offset = -1L;
        foreach (var (at, size) in _gaps)
        {
            if (size >= bytes)
            {
                offset = at;
                break;
            }
        }

        if (offset >= 0)
        {
            var size = _gaps[offset];
            _gaps.Remove(offset);
            if (size > bytes)
            {
                _gaps.Add(offset + bytes, size - bytes);
            }
        }
        else if (_gaps.Count > 0 && _gaps.Keys[^1] + _gaps.Values[^1] == _end)
        {
            // The last gap reaches the end: it grows.
            offset = _gaps.Keys[^1];
            _gaps.RemoveAt(_gaps.Count - 1);
            _end = offset + bytes;
        }
        else
        {
            offset = _end;
            _end = checked(_end + bytes);
        }

        _current.Add(storage, _blocks.Count);
        _blocks.Add(new MemoryPlan.Block(storage, offset, bytes, step, step));
    }

    /// <summary>Gives a block back after a step.</summary>
    public void Release(Storage storage, int step)
    {
        _current.Remove(storage, out var at);
        _blocks[at] = _blocks[at] with { Last = step };
        var (offset, bytes) = (_blocks[at].Offset, _blocks[at].Bytes);
        var next = Index(offset);
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

    /// <summary>A block goes on under another tensor, which overwrites it element by element.</summary>
    public void HandOver(Storage from, Storage to, int step)
    {
        _current.Remove(from, out var at);
        _blocks[at] = _blocks[at] with { Last = step };
        _current.Add(to, _blocks.Count);
        _blocks.Add(_blocks[at] with { Storage = to, First = step + 1, Last = step + 1 });
    }

    public MemoryPlan Finish(long scratchBytes) => new([.. _blocks], _end, scratchBytes);

    // First gap behind an offset.
    private int Index(long offset)
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
