using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile256
{
    /// <summary>TRows × TVectors accumulators, the last vector masked to <paramref name="last"/> lanes where TMasked is
    /// 1.</summary>
    /// <remarks>Branches on the type arguments fold away; an accumulator that the shape does not use takes no
    /// register.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Kernel<T, TRows, TVectors, TMasked>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint last, nint k, T* c, nint ldc, bool accumulate)
        where T : unmanaged
        where TRows : struct, ICount
        where TVectors : struct, ICount
        where TMasked : struct, ICount
    {
        Vector256<T> c00 = Vector256<T>.Zero, c01 = Vector256<T>.Zero;
        Vector256<T> c10 = Vector256<T>.Zero, c11 = Vector256<T>.Zero;
        Vector256<T> c20 = Vector256<T>.Zero, c21 = Vector256<T>.Zero;
        Vector256<T> c30 = Vector256<T>.Zero, c31 = Vector256<T>.Zero;
        Vector256<T> c40 = Vector256<T>.Zero, c41 = Vector256<T>.Zero;
        Vector256<T> c50 = Vector256<T>.Zero, c51 = Vector256<T>.Zero;
        Vector256<T> mask = TMasked.Value == 1 ? Lanes256.Mask<T>(last) : Vector256<T>.AllBitsSet;
        nint row3 = 3 * aRow, row4 = 4 * aRow, row5 = 5 * aRow;
        for (; k > 0; k--)
        {
            Vector256<T> b0 = LoadVector<T, Counts.One, TVectors, TMasked>(b, mask);
            Vector256<T> b1 = LoadVector<T, Counts.Two, TVectors, TMasked>(b + Vector256<T>.Count, mask);
            Vector256<T> x = Vector256.Create(*a);
            c00 = Lanes256.Fma(x, b0, c00);
            c01 = TVectors.Value > 1 ? Lanes256.Fma(x, b1, c01) : c01;
            if (TRows.Value > 1)
            {
                x = Vector256.Create(a[aRow]);
                c10 = Lanes256.Fma(x, b0, c10);
                c11 = TVectors.Value > 1 ? Lanes256.Fma(x, b1, c11) : c11;
            }

            if (TRows.Value > 2)
            {
                x = Vector256.Create(a[2 * aRow]);
                c20 = Lanes256.Fma(x, b0, c20);
                c21 = TVectors.Value > 1 ? Lanes256.Fma(x, b1, c21) : c21;
            }

            if (TRows.Value > 3)
            {
                x = Vector256.Create(a[row3]);
                c30 = Lanes256.Fma(x, b0, c30);
                c31 = TVectors.Value > 1 ? Lanes256.Fma(x, b1, c31) : c31;
            }

            if (TRows.Value > 4)
            {
                x = Vector256.Create(a[row4]);
                c40 = Lanes256.Fma(x, b0, c40);
                c41 = TVectors.Value > 1 ? Lanes256.Fma(x, b1, c41) : c41;
            }

            if (TRows.Value > 5)
            {
                x = Vector256.Create(a[row5]);
                c50 = Lanes256.Fma(x, b0, c50);
                c51 = TVectors.Value > 1 ? Lanes256.Fma(x, b1, c51) : c51;
            }

            a += aK;
            b += bK;
        }

        StoreRow<T, Counts.Zero, TRows>(c, c00, c01, accumulate);
        StoreRow<T, Counts.One, TRows>(c + ldc, c10, c11, accumulate);
        StoreRow<T, Counts.Two, TRows>(c + (2 * ldc), c20, c21, accumulate);
        StoreRow<T, Counts.Three, TRows>(c + (3 * ldc), c30, c31, accumulate);
        StoreRow<T, Counts.Four, TRows>(c + (4 * ldc), c40, c41, accumulate);
        StoreRow<T, Counts.Five, TRows>(c + (5 * ldc), c50, c51, accumulate);
    }

    /// <summary>Vector TOrdinal of TVectors of a row of B; nothing is read where the shape has no such
    /// vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<T> LoadVector<T, TOrdinal, TVectors, TMasked>(T* b, Vector256<T> mask)
        where T : unmanaged
        where TOrdinal : struct, ICount
        where TVectors : struct, ICount
        where TMasked : struct, ICount =>
        TOrdinal.Value > TVectors.Value ? Vector256<T>.Zero
        : TOrdinal.Value == TVectors.Value && TMasked.Value == 1 ? Lanes256.Load(b, mask)
        : Vector256.Load(b);

    /// <summary>Stores row TRow of the tile; a row at or beyond TRows is not part of the product and is only
    /// defined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreRow<T, TRow, TRows>(T* c, Vector256<T> low, Vector256<T> high, bool accumulate)
        where T : unmanaged
        where TRow : struct, ICount
        where TRows : struct, ICount
    {
        if (TRow.Value < TRows.Value || !accumulate)
        {
            StoreRow(c, low, high, accumulate);
        }
    }
}
