using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// Stores past the caches, for results that are far larger than these: the processor does not read a line that it is about to
/// overwrite. The place must be native memory. Where it is not aligned to the vector, the store is an ordinary one.
/// </summary>
public static unsafe class Streaming
{
    /// <summary>Writes a vector.</summary>
    /// <typeparam name="T">Of the elements.</typeparam>
    /// <param name="value">What is written.</param>
    /// <param name="start">Where counting starts.</param>
    /// <param name="index">Elements from there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector512<T> value, ref T start, nint index)
        where T : unmanaged
    {
        var place = (T*)Unsafe.AsPointer(ref start) + index;
        if (((nint)place & (sizeof(Vector512<byte>) - 1)) == 0)
        {
            value.StoreAlignedNonTemporal(place);
        }
        else
        {
            value.Store(place);
        }
    }

    /// <inheritdoc cref="Store{T}(Vector512{T}, ref T, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<T> value, ref T start, nint index)
        where T : unmanaged
    {
        var place = (T*)Unsafe.AsPointer(ref start) + index;
        if (((nint)place & (sizeof(Vector256<byte>) - 1)) == 0)
        {
            value.StoreAlignedNonTemporal(place);
        }
        else
        {
            value.Store(place);
        }
    }

    /// <inheritdoc cref="Store{T}(Vector512{T}, ref T, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector128<T> value, ref T start, nint index)
        where T : unmanaged
    {
        var place = (T*)Unsafe.AsPointer(ref start) + index;
        if (((nint)place & (sizeof(Vector128<byte>) - 1)) == 0)
        {
            value.StoreAlignedNonTemporal(place);
        }
        else
        {
            value.Store(place);
        }
    }

    /// <summary>What was streamed so far becomes visible before anything that is written later: to be called before other
    /// threads are told that results are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fence()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence(); // elsewhere, such stores are ordered as any others are
        }
    }
}
