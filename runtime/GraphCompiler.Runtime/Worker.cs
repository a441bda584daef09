using System.Runtime.CompilerServices;
using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime;

/// <summary>
/// What generated code knows about the run that it takes part in: which worker it is, where its memory lies, and how
/// large the symbolic extents are. Made by <see cref="Execution"/>; passed by reference.
/// </summary>
/// <remarks>
/// For generated code, which knows its own slots: neither slots nor offsets are checked here. All addresses are
/// multiples of 64 bytes, and stay valid until the entry returns.
/// </remarks>
public readonly unsafe struct Worker
{
    private readonly nint* _slots;
    private readonly nint* _symbols;
    private readonly byte* _arena;
    private readonly byte* _scratch;
    private readonly StepBarrier _barrier;

    internal Worker(int index, int count, nint slots, nint symbols, nint arena, nint scratch, StepBarrier barrier)
    {
        Index = index;
        Count = count;
        _slots = (nint*)slots;
        _symbols = (nint*)symbols;
        _arena = (byte*)arena;
        _scratch = (byte*)scratch;
        _barrier = barrier;
    }

    /// <summary>This worker, from 0 to <see cref="Count"/> − 1.</summary>
    public int Index { get; }

    /// <summary>Workers that take part in this run, at least 1; it may differ from run to run.</summary>
    public int Count { get; }

    /// <summary>This worker as the only one: for kernels that are too small to split.</summary>
    public Worker Alone => new(0, 1, (nint)_slots, (nint)_symbols, (nint)_arena, (nint)_scratch, _barrier);

    /// <summary>This worker with the scratch memory of one step.</summary>
    /// <param name="offset">Of the first worker's, in bytes from the start of the arena.</param>
    /// <param name="bytes">Of each worker's, a multiple of 64.</param>
    public Worker WithScratch(nint offset, nint bytes) =>
        new(Index, Count, (nint)_slots, (nint)_symbols, (nint)_arena, (nint)(_arena + offset + (Index * bytes)), _barrier);

    /// <summary>First element of a float32 slot.</summary>
    /// <param name="slot">Position in <see cref="ProgramLayout.Slots"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Float32(int slot) => ref Unsafe.AsRef<float>((void*)_slots[slot]);

    /// <summary>First element of a float64 slot.</summary>
    /// <inheritdoc cref="Float32(int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref double Float64(int slot) => ref Unsafe.AsRef<double>((void*)_slots[slot]);

    /// <summary>First element of an int32 slot.</summary>
    /// <inheritdoc cref="Float32(int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int Int32(int slot) => ref Unsafe.AsRef<int>((void*)_slots[slot]);

    /// <summary>First element of a bool slot: 0 or 1.</summary>
    /// <inheritdoc cref="Float32(int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Bool(int slot) => ref Unsafe.AsRef<byte>((void*)_slots[slot]);

    /// <summary>float32 elements in this worker's own scratch memory, which no other worker sees.</summary>
    /// <param name="byteOffset">Bytes from its start, below what <see cref="ProgramLayout.Scratch"/> says.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float ScratchFloat32(nint byteOffset) => ref Unsafe.AsRef<float>(_scratch + byteOffset);

    /// <summary>float64 elements in this worker's own scratch memory.</summary>
    /// <inheritdoc cref="ScratchFloat32(nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref double ScratchFloat64(nint byteOffset) => ref Unsafe.AsRef<double>(_scratch + byteOffset);

    /// <summary>int32 elements in this worker's own scratch memory.</summary>
    /// <inheritdoc cref="ScratchFloat32(nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int ScratchInt32(nint byteOffset) => ref Unsafe.AsRef<int>(_scratch + byteOffset);

    /// <summary>bool elements in this worker's own scratch memory.</summary>
    /// <inheritdoc cref="ScratchFloat32(nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte ScratchBool(nint byteOffset) => ref Unsafe.AsRef<byte>(_scratch + byteOffset);

    /// <summary>The value of a symbol in this run, from 0 to its bound.</summary>
    /// <param name="index">Position in <see cref="ProgramLayout.Symbols"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Symbol(int index) => _symbols[index];

    /// <summary>
    /// Waits until all workers of this run have called this as often as this one; what they wrote before is seen by all
    /// after. Costs a comparison where there is only one worker.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Barrier()
    {
        if (Count > 1)
        {
            _barrier.Wait();
        }
    }
}
