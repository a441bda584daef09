using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <inheritdoc
    /// cref="Tile256.Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Strided(
        ref float a, nint aRow, nint aK, nint rows, ref float b, nint bK, nint columns, nint k, ref float c, nint ldc,
        bool accumulate) =>
        Strided(
            (float*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (float*)Unsafe.AsPointer(ref b), bK, columns, k, (float*)Unsafe.AsPointer(ref c), ldc, accumulate);

    /// <inheritdoc
    /// cref="Tile256.Strided(ref double, nint, nint, nint, ref double, nint, nint, nint, ref double, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Strided(
        ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c,
        nint ldc, bool accumulate) =>
        Strided(
            (double*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (double*)Unsafe.AsPointer(ref b), bK, columns, k, (double*)Unsafe.AsPointer(ref c), ldc, accumulate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Strided<T>(
        T* a, nint aRow, nint aK, nint rows, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate)
        where T : unmanaged
    {
        nint half = 2 * Vector128<T>.Count;
        Half(a, aRow, aK, rows, b, bK, nint.Min(columns, half), k, c, ldc, accumulate);
        if (columns > half)
        {
            Half(a, aRow, aK, rows, b + half, bK, columns - half, k, c + half, ldc, accumulate);
        }
        else if (!accumulate)
        {
            for (nint row = 0; row < Rows; row++)
            {
                StoreRow(c + (row * ldc) + half, Vector128<T>.Zero, Vector128<T>.Zero, accumulate: false);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Half<T>(
        T* a, nint aRow, nint aK, nint rows, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate)
        where T : unmanaged
    {
        switch (rows)
        {
            case 1: Half<T, Counts.One>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate); break;
            case 2: Half<T, Counts.Two>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate); break;
            case 3: Half<T, Counts.Three>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate); break;
            case 4: Half<T, Counts.Four>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate); break;
            case 5: Half<T, Counts.Five>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate); break;
            default: Half<T, Counts.Six>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Half<T, TRows>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate)
        where T : unmanaged
        where TRows : unmanaged
    {
        nint lanes = Vector128<T>.Count;
        if (columns == 2 * lanes)
        {
            Kernel<T, TRows, Counts.Two, Edges.Whole>(a, aRow, aK, b, bK, lanes, k, c, ldc, accumulate);
        }
        else if (columns > lanes)
        {
            Kernel<T, TRows, Counts.Two, Edges.Masked>(a, aRow, aK, b, bK, columns - lanes, k, c, ldc, accumulate);
        }
        else if (columns == lanes)
        {
            Kernel<T, TRows, Counts.One, Edges.Whole>(a, aRow, aK, b, bK, lanes, k, c, ldc, accumulate);
        }
        else
        {
            Kernel<T, TRows, Counts.One, Edges.Masked>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate);
        }
    }
}
