using GraphCompiler.Runtime.Memory;

namespace GraphCompiler.Runtime;

/// <summary>
/// The native memory of one execution: a single buffer that holds the table of addresses and symbol values, all inputs,
/// outputs and constants, the arena, and scratch memory for each worker, each on a cache line of its own.
/// </summary>
internal sealed unsafe class ExecutionMemory : IDisposable
{
    private readonly AlignedBuffer _buffer;
    private readonly Map _map;
    private readonly int _slots;
    private readonly int _symbols;

    public ExecutionMemory(ProgramLayout layout, int workers)
    {
        _map = Plan(layout, workers);
        _slots = layout.Slots.Length;
        _symbols = layout.Symbols.Length;
        _buffer = new AlignedBuffer(_map.Bytes);
        for (var i = 0; i < _slots; i++)
        {
            if (layout.Slots[i].Kind != SlotKind.Variable)
            {
                SetAddress(i, _buffer.Address + (nint)_map.Slots[i]);
            }
        }
    }

    /// <summary>Address of the table of slot addresses.</summary>
    public nint SlotTable => _buffer.Address;

    /// <summary>Address of the table of symbol values.</summary>
    public nint SymbolTable => _buffer.Address + _slots * sizeof(nint);

    /// <summary>Address of the arena.</summary>
    public nint Arena => _buffer.Address + (nint)_map.Arena;

    /// <summary>
    /// Address of the first worker's scratch at the first step that has some; each of the others' is
    /// <see cref="ScratchStride"/> further.
    /// </summary>
    public nint Scratch => Arena + (nint)_map.Scratch;

    public nint ScratchStride => (nint)_map.ScratchStride;

    /// <summary>Where everything lies; offsets of variables are 0 and not used.</summary>
    public static Map Plan(ProgramLayout layout, int workers)
    {
        checked
        {
            var end = Align((long)sizeof(nint) * (layout.Slots.Length + layout.Symbols.Length));
            var offsets = new long[layout.Slots.Length];
            for (var i = 0; i < offsets.Length; i++)
            {
                if (layout.Slots[i].Kind is not (SlotKind.Variable or SlotKind.Arena))
                {
                    offsets[i] = end;
                    end += BlockPadding.Padded(layout.Slots[i].MaxBytes);
                }
            }

            for (var i = 0; i < offsets.Length; i++)
            {
                if (layout.Slots[i].Kind == SlotKind.Arena)
                {
                    offsets[i] = end + layout.Slots[i].Offset;
                }
            }

            var bytes = Align(layout.ArenaBytes);
            foreach (var scratch in layout.Scratch)
            {
                bytes = Math.Max(bytes, scratch.Offset + (Align(scratch.Bytes) * workers));
            }

            var (first, stride) = layout.Scratch is [var some, ..] ? (some.Offset, Align(some.Bytes)) : (0, 0);
            return new Map(offsets, end, first, stride, end + bytes);
        }
    }

    public void SetAddress(int slot, nint address) => ((nint*)SlotTable)[slot] = address;

    public void SetSymbol(int symbol, long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)symbol, (uint)_symbols);
        ((nint*)SymbolTable)[symbol] = (nint)value;
    }

    /// <summary>Where a slot begins; 0 for a variable, which lies elsewhere.</summary>
    public nint AddressOf(int slot) => _map.Slots[slot] == 0 ? 0 : _buffer.Address + (nint)_map.Slots[slot];

    /// <summary>Where a run finds a slot, a variable's included.</summary>
    public nint CurrentAddressOf(int slot) => ((nint*)SlotTable)[slot];

    /// <summary>Elements of a slot as a span counts them.</summary>
    /// <exception cref="GraphException">GRC0411: more than one span holds.</exception>
    public int Length<T>(int slot, long count) where T : unmanaged => _buffer.AsSpan<T>(_map.Slots[slot], count).Length;

    /// <summary>Elements of a slot that lies in this memory, from its first on.</summary>
    public Span<T> Span<T>(int slot, long count) where T : unmanaged => _buffer.AsSpan<T>(_map.Slots[slot], count);

    /// <summary>
    /// Fills everything with bytes of ones, which no number is, but for the tables, the constants and as many bytes of
    /// each slot as <paramref name="keep"/> says. For tests: a run must not need any of it.
    /// </summary>
    public void Poison(ProgramLayout layout, Func<int, long> keep)
    {
        for (var i = 0; i < _slots; i++)
        {
            var slot = layout.Slots[i];
            if (slot.Kind is SlotKind.Input or SlotKind.Output)
            {
                var kept = keep(i);
                Fill(_map.Slots[i] + kept, Align(slot.MaxBytes) - kept);
            }
        }

        Fill(_map.Arena, _map.Bytes - _map.Arena);
    }

    public void Dispose() => _buffer.Dispose();

    private void Fill(long offset, long bytes)
    {
        for (var done = 0L; done < bytes; done += int.MaxValue)
        {
            _buffer.AsSpan<byte>(offset + done, Math.Min(bytes - done, int.MaxValue)).Fill(byte.MaxValue);
        }
    }

    private static long Align(long bytes) => checked(bytes + AlignedBuffer.Alignment - 1) & -AlignedBuffer.Alignment;

    /// <summary>Offsets and sizes in bytes.</summary>
    public sealed record Map(long[] Slots, long Arena, long Scratch, long ScratchStride, long Bytes);
}
