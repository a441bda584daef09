using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile512
{
    /// <summary>TRows × TVectors accumulators, the last vector masked to <paramref name="last"/> lanes where TMasked is
    /// 1; only these elements are read and written.</summary>
    /// <remarks>Branches on the type arguments fold away; an accumulator that the shape does not use takes no register.
    /// Rows of A are reached from two pointers by multiples of few strides: a pointer for each would have to be advanced
    /// for each p, and the processor's front end is as busy as its arithmetic.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Kernel<T, TRows, TVectors, TMasked>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint last, nint k, T* c, nint ldc, bool accumulate, nint fetch)
        where T : unmanaged
        where TRows : struct, ICount
        where TVectors : struct, ICount
        where TMasked : struct, ICount
    {
        Vector512<T> c000 = Vector512<T>.Zero, c001 = Vector512<T>.Zero;
        Vector512<T> c010 = Vector512<T>.Zero, c011 = Vector512<T>.Zero;
        Vector512<T> c020 = Vector512<T>.Zero, c021 = Vector512<T>.Zero;
        Vector512<T> c030 = Vector512<T>.Zero, c031 = Vector512<T>.Zero;
        Vector512<T> c040 = Vector512<T>.Zero, c041 = Vector512<T>.Zero;
        Vector512<T> c050 = Vector512<T>.Zero, c051 = Vector512<T>.Zero;
        Vector512<T> c060 = Vector512<T>.Zero, c061 = Vector512<T>.Zero;
        Vector512<T> c070 = Vector512<T>.Zero, c071 = Vector512<T>.Zero;
        Vector512<T> c080 = Vector512<T>.Zero, c081 = Vector512<T>.Zero;
        Vector512<T> c090 = Vector512<T>.Zero, c091 = Vector512<T>.Zero;
        Vector512<T> c100 = Vector512<T>.Zero, c101 = Vector512<T>.Zero;
        Vector512<T> c110 = Vector512<T>.Zero, c111 = Vector512<T>.Zero;
        Vector512<T> c120 = Vector512<T>.Zero, c121 = Vector512<T>.Zero;
        Vector512<T> c130 = Vector512<T>.Zero, c131 = Vector512<T>.Zero;
        Vector512<T> mask = TMasked.Value == 1 ? Lanes512.Mask<T>(last) : Vector512<T>.AllBitsSet;
        for (nint row = 0; row < TRows.Value; row++)
        {
            // The result's lines have been away for a while, and must come before they are written: they do while sums are
            // computed. What sums are added to is needed at once then.
            if (accumulate)
            {
                Sse.Prefetch0(c + (row * ldc));
                Sse.Prefetch0(c + (row * ldc) + Vector512<T>.Count);
            }
            else
            {
                Sse.Prefetch1(c + (row * ldc));
                Sse.Prefetch1(c + (row * ldc) + Vector512<T>.Count);
            }
        }

        nint s = aRow * sizeof(T), s3 = 3 * s, s5 = 5 * s, aStep = aK * sizeof(T), bStep = bK * sizeof(T);
        fetch *= sizeof(T);
        T* a7 = a + (7 * aRow);
        for (; k > 0; k--)
        {
            Sse.Prefetch0((byte*)b + fetch);
            Vector512<T> b0 = TVectors.Value == 1 && TMasked.Value == 1 ? Lanes512.Load(b, mask) : Vector512.Load(b);
            Vector512<T> b1 = Vector512<T>.Zero;
            if (TVectors.Value > 1)
            {
                Sse.Prefetch0((byte*)b + fetch + 64);
                b1 = TMasked.Value == 1 ? Lanes512.Load(b + Vector512<T>.Count, mask) : Vector512.Load(b + Vector512<T>.Count);
            }

            Row<T, Counts.Zero, TRows, TVectors>(a, 0, b0, b1, ref c000, ref c001);
            Row<T, Counts.One, TRows, TVectors>(a, s, b0, b1, ref c010, ref c011);
            Row<T, Counts.Two, TRows, TVectors>(a, 2 * s, b0, b1, ref c020, ref c021);
            Row<T, Counts.Three, TRows, TVectors>(a, s3, b0, b1, ref c030, ref c031);
            Row<T, Counts.Four, TRows, TVectors>(a, 4 * s, b0, b1, ref c040, ref c041);
            Row<T, Counts.Five, TRows, TVectors>(a, s5, b0, b1, ref c050, ref c051);
            Row<T, Counts.Six, TRows, TVectors>(a, 2 * s3, b0, b1, ref c060, ref c061);
            Row<T, Counts.Seven, TRows, TVectors>(a7, 0, b0, b1, ref c070, ref c071);
            Row<T, Counts.Eight, TRows, TVectors>(a7, s, b0, b1, ref c080, ref c081);
            Row<T, Counts.Nine, TRows, TVectors>(a7, 2 * s, b0, b1, ref c090, ref c091);
            Row<T, Counts.Ten, TRows, TVectors>(a7, s3, b0, b1, ref c100, ref c101);
            Row<T, Counts.Eleven, TRows, TVectors>(a7, 4 * s, b0, b1, ref c110, ref c111);
            Row<T, Counts.Twelve, TRows, TVectors>(a7, s5, b0, b1, ref c120, ref c121);
            Row<T, Counts.Thirteen, TRows, TVectors>(a7, 2 * s3, b0, b1, ref c130, ref c131);
            a = (T*)((byte*)a + aStep);
            a7 = (T*)((byte*)a7 + aStep);
            b = (T*)((byte*)b + bStep);
        }

        StoreRow<T, Counts.Zero, TRows, TVectors, TMasked>(c, c000, c001, mask, accumulate);
        StoreRow<T, Counts.One, TRows, TVectors, TMasked>(c + ldc, c010, c011, mask, accumulate);
        StoreRow<T, Counts.Two, TRows, TVectors, TMasked>(c + (2 * ldc), c020, c021, mask, accumulate);
        StoreRow<T, Counts.Three, TRows, TVectors, TMasked>(c + (3 * ldc), c030, c031, mask, accumulate);
        StoreRow<T, Counts.Four, TRows, TVectors, TMasked>(c + (4 * ldc), c040, c041, mask, accumulate);
        StoreRow<T, Counts.Five, TRows, TVectors, TMasked>(c + (5 * ldc), c050, c051, mask, accumulate);
        StoreRow<T, Counts.Six, TRows, TVectors, TMasked>(c + (6 * ldc), c060, c061, mask, accumulate);
        StoreRow<T, Counts.Seven, TRows, TVectors, TMasked>(c + (7 * ldc), c070, c071, mask, accumulate);
        StoreRow<T, Counts.Eight, TRows, TVectors, TMasked>(c + (8 * ldc), c080, c081, mask, accumulate);
        StoreRow<T, Counts.Nine, TRows, TVectors, TMasked>(c + (9 * ldc), c090, c091, mask, accumulate);
        StoreRow<T, Counts.Ten, TRows, TVectors, TMasked>(c + (10 * ldc), c100, c101, mask, accumulate);
        StoreRow<T, Counts.Eleven, TRows, TVectors, TMasked>(c + (11 * ldc), c110, c111, mask, accumulate);
        StoreRow<T, Counts.Twelve, TRows, TVectors, TMasked>(c + (12 * ldc), c120, c121, mask, accumulate);
        StoreRow<T, Counts.Thirteen, TRows, TVectors, TMasked>(c + (13 * ldc), c130, c131, mask, accumulate);
    }

    /// <summary>One p of row TRow, which lies <paramref name="offset"/> bytes from a pointer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Row<T, TRow, TRows, TVectors>(
        T* a, nint offset, Vector512<T> b0, Vector512<T> b1, ref Vector512<T> c0, ref Vector512<T> c1)
        where T : unmanaged
        where TRow : struct, ICount
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        if (TRow.Value < TRows.Value)
        {
            Vector512<T> x = Vector512.Create(*(T*)((byte*)a + offset));
            c0 = Lanes512.Fma(x, b0, c0);
            c1 = TVectors.Value > 1 ? Lanes512.Fma(x, b1, c1) : c1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreRow<T, TRow, TRows, TVectors, TMasked>(
        T* c, Vector512<T> c0, Vector512<T> c1, Vector512<T> mask, bool accumulate)
        where T : unmanaged
        where TRow : struct, ICount
        where TRows : struct, ICount
        where TVectors : struct, ICount
        where TMasked : struct, ICount
    {
        if (TRow.Value < TRows.Value)
        {
            StoreVector<T, Counts.One, TVectors, TMasked>(c, c0, mask, accumulate);
            if (TVectors.Value > 1)
            {
                StoreVector<T, Counts.Two, TVectors, TMasked>(c + Vector512<T>.Count, c1, mask, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreVector<T, TOrdinal, TVectors, TMasked>(
        T* c, Vector512<T> sum, Vector512<T> mask, bool accumulate)
        where T : unmanaged
        where TOrdinal : struct, ICount
        where TVectors : struct, ICount
        where TMasked : struct, ICount
    {
        if (TOrdinal.Value == TVectors.Value && TMasked.Value == 1)
        {
            Lanes512.Store(accumulate ? Lanes512.Load(c, mask) + sum : sum, c, mask);
        }
        else
        {
            (accumulate ? Vector512.Load(c) + sum : sum).Store(c);
        }
    }
}
