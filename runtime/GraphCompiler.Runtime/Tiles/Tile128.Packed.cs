using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <inheritdoc cref="Tile256.Packed(ref float, ref float, nint, ref float, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Packed(ref float a, ref float b, nint k, ref float c, nint ldc, bool accumulate) =>
        Packed(
            (float*)Unsafe.AsPointer(ref a), (float*)Unsafe.AsPointer(ref b), k, (float*)Unsafe.AsPointer(ref c), ldc,
            accumulate);

    /// <inheritdoc cref="Tile256.Packed(ref double, ref double, nint, ref double, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Packed(ref double a, ref double b, nint k, ref double c, nint ldc, bool accumulate) =>
        Packed(
            (double*)Unsafe.AsPointer(ref a), (double*)Unsafe.AsPointer(ref b), k, (double*)Unsafe.AsPointer(ref c),
            ldc, accumulate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Packed<T>(T* a, T* b, nint k, T* c, nint ldc, bool accumulate)
        where T : unmanaged
    {
        nint lanes = Vector128<T>.Count, half = 2 * lanes;
        Kernel<T, Counts.Six, Counts.Two, Edges.Whole>(a, 1, Rows, b, 2 * half, lanes, k, c, ldc, accumulate);
        Kernel<T, Counts.Six, Counts.Two, Edges.Whole>(
            a, 1, Rows, b + half, 2 * half, lanes, k, c + half, ldc, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreRow<T>(T* c, Vector128<T> low, Vector128<T> high, bool accumulate)
        where T : unmanaged
    {
        if (accumulate)
        {
            low = Vector128.Load(c) + low;
            high = Vector128.Load(c + Vector128<T>.Count) + high;
        }

        low.Store(c);
        high.Store(c + Vector128<T>.Count);
    }
}
