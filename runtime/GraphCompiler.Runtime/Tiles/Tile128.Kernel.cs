using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <summary>TRows × TVectors accumulators, the last vector masked to <paramref name="last"/> lanes where TEdge is
    /// <see cref="Edges.Masked"/>.</summary>
    /// <remarks>Branches on the type arguments fold away; an accumulator that the shape does not use takes no
    /// register.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Kernel<T, TRows, TVectors, TEdge>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint last, nint k, T* c, nint ldc, bool accumulate)
        where T : unmanaged
        where TRows : unmanaged
        where TVectors : unmanaged
        where TEdge : unmanaged
    {
        Vector128<T> c00 = Vector128<T>.Zero, c01 = Vector128<T>.Zero;
        Vector128<T> c10 = Vector128<T>.Zero, c11 = Vector128<T>.Zero;
        Vector128<T> c20 = Vector128<T>.Zero, c21 = Vector128<T>.Zero;
        Vector128<T> c30 = Vector128<T>.Zero, c31 = Vector128<T>.Zero;
        Vector128<T> c40 = Vector128<T>.Zero, c41 = Vector128<T>.Zero;
        Vector128<T> c50 = Vector128<T>.Zero, c51 = Vector128<T>.Zero;
        nint row3 = 3 * aRow, row4 = 4 * aRow, row5 = 5 * aRow;
        for (; k > 0; k--)
        {
            Vector128<T> b0 = sizeof(TVectors) == 1 ? LoadLast<T, TEdge>(b, last) : Vector128.Load(b);
            Vector128<T> b1 = sizeof(TVectors) > 1 ? LoadLast<T, TEdge>(b + Vector128<T>.Count, last) : Vector128<T>.Zero;
            Vector128<T> x = Vector128.Create(*a);
            c00 = Lanes128.Fma(x, b0, c00);
            c01 = sizeof(TVectors) > 1 ? Lanes128.Fma(x, b1, c01) : c01;
            if (sizeof(TRows) > 1)
            {
                x = Vector128.Create(a[aRow]);
                c10 = Lanes128.Fma(x, b0, c10);
                c11 = sizeof(TVectors) > 1 ? Lanes128.Fma(x, b1, c11) : c11;
            }

            if (sizeof(TRows) > 2)
            {
                x = Vector128.Create(a[2 * aRow]);
                c20 = Lanes128.Fma(x, b0, c20);
                c21 = sizeof(TVectors) > 1 ? Lanes128.Fma(x, b1, c21) : c21;
            }

            if (sizeof(TRows) > 3)
            {
                x = Vector128.Create(a[row3]);
                c30 = Lanes128.Fma(x, b0, c30);
                c31 = sizeof(TVectors) > 1 ? Lanes128.Fma(x, b1, c31) : c31;
            }

            if (sizeof(TRows) > 4)
            {
                x = Vector128.Create(a[row4]);
                c40 = Lanes128.Fma(x, b0, c40);
                c41 = sizeof(TVectors) > 1 ? Lanes128.Fma(x, b1, c41) : c41;
            }

            if (sizeof(TRows) > 5)
            {
                x = Vector128.Create(a[row5]);
                c50 = Lanes128.Fma(x, b0, c50);
                c51 = sizeof(TVectors) > 1 ? Lanes128.Fma(x, b1, c51) : c51;
            }

            a += aK;
            b += bK;
        }

        // Rows that are not part of the product are only defined.
        StoreRow(c, c00, c01, accumulate);
        if (sizeof(TRows) > 1 || !accumulate) { StoreRow(c + ldc, c10, c11, accumulate); }
        if (sizeof(TRows) > 2 || !accumulate) { StoreRow(c + (2 * ldc), c20, c21, accumulate); }
        if (sizeof(TRows) > 3 || !accumulate) { StoreRow(c + (3 * ldc), c30, c31, accumulate); }
        if (sizeof(TRows) > 4 || !accumulate) { StoreRow(c + (4 * ldc), c40, c41, accumulate); }
        if (sizeof(TRows) > 5 || !accumulate) { StoreRow(c + (5 * ldc), c50, c51, accumulate); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<T> LoadLast<T, TEdge>(T* source, nint last)
        where T : unmanaged
        where TEdge : unmanaged =>
        typeof(TEdge) == typeof(Edges.Masked) ? Lanes128.Load(source, last) : Vector128.Load(source);
}
