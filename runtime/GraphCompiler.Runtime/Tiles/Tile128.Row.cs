using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <inheritdoc cref="Tile256.Row(ref float, nint, ref float, nint, nint, ref float, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Row(
        ref float a, nint aK, ref float b, nint bK, nint k, ref float c, bool accumulate)
    {
        float* row = (float*)Unsafe.AsPointer(ref a), columns = (float*)Unsafe.AsPointer(ref b);
        float* to = (float*)Unsafe.AsPointer(ref c);
        const int Half = RowColumnsFloat32 / 2;
        Row(row, aK, columns, bK, k, to, accumulate);
        Row(row, aK, columns + Half, bK, k, to + Half, accumulate);
    }

    /// <inheritdoc cref="Tile256.Row(ref double, nint, ref double, nint, nint, ref double, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Row(
        ref double a, nint aK, ref double b, nint bK, nint k, ref double c, bool accumulate)
    {
        double* row = (double*)Unsafe.AsPointer(ref a), columns = (double*)Unsafe.AsPointer(ref b);
        double* to = (double*)Unsafe.AsPointer(ref c);
        const int Half = RowColumnsFloat64 / 2;
        Row(row, aK, columns, bK, k, to, accumulate);
        Row(row, aK, columns + Half, bK, k, to + Half, accumulate);
    }

    /// <summary>Eight vectors of a row of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Row<T>(T* a, nint aK, T* b, nint bK, nint k, T* c, bool accumulate)
        where T : unmanaged
    {
        nint lanes = Vector128<T>.Count;
        Vector128<T> c0 = Vector128<T>.Zero, c1 = Vector128<T>.Zero, c2 = Vector128<T>.Zero, c3 = Vector128<T>.Zero;
        Vector128<T> c4 = Vector128<T>.Zero, c5 = Vector128<T>.Zero, c6 = Vector128<T>.Zero, c7 = Vector128<T>.Zero;
        for (; k > 0; k--)
        {
            Vector128<T> x = Vector128.Create(*a);
            c0 = Lanes128.Fma(x, Vector128.Load(b), c0);
            c1 = Lanes128.Fma(x, Vector128.Load(b + lanes), c1);
            c2 = Lanes128.Fma(x, Vector128.Load(b + (2 * lanes)), c2);
            c3 = Lanes128.Fma(x, Vector128.Load(b + (3 * lanes)), c3);
            c4 = Lanes128.Fma(x, Vector128.Load(b + (4 * lanes)), c4);
            c5 = Lanes128.Fma(x, Vector128.Load(b + (5 * lanes)), c5);
            c6 = Lanes128.Fma(x, Vector128.Load(b + (6 * lanes)), c6);
            c7 = Lanes128.Fma(x, Vector128.Load(b + (7 * lanes)), c7);
            a += aK;
            b += bK;
        }

        StoreRow(c, c0, c1, accumulate);
        StoreRow(c + (2 * lanes), c2, c3, accumulate);
        StoreRow(c + (4 * lanes), c4, c5, accumulate);
        StoreRow(c + (6 * lanes), c6, c7, accumulate);
    }
}
