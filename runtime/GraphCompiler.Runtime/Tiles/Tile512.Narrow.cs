using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile512
{
    /// <summary>TRows × half a vector of accumulators, for the few columns that some widths leave at their end (100 leaves
    /// 4, 1000 leaves 8): on processors that compute 512 bits in two halves this is half the work, on others no more.</summary>
    /// <remarks>As the whole kernel otherwise.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Narrow<T, TRows>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate, nint fetch)
        where T : unmanaged
        where TRows : struct, ICount
    {
        Vector256<T> c00 = Vector256<T>.Zero, c01 = Vector256<T>.Zero;
        Vector256<T> c02 = Vector256<T>.Zero, c03 = Vector256<T>.Zero;
        Vector256<T> c04 = Vector256<T>.Zero, c05 = Vector256<T>.Zero;
        Vector256<T> c06 = Vector256<T>.Zero, c07 = Vector256<T>.Zero;
        Vector256<T> c08 = Vector256<T>.Zero, c09 = Vector256<T>.Zero;
        Vector256<T> c10 = Vector256<T>.Zero, c11 = Vector256<T>.Zero;
        Vector256<T> c12 = Vector256<T>.Zero, c13 = Vector256<T>.Zero;
        Vector256<T> mask = Lanes256.Mask<T>(columns);
        for (nint row = 0; row < TRows.Value; row++)
        {
            Sse.Prefetch0(c + (row * ldc));
        }

        nint s = aRow * sizeof(T), s3 = 3 * s, s5 = 5 * s, aStep = aK * sizeof(T), bStep = bK * sizeof(T);
        fetch *= sizeof(T);
        T* a7 = a + (7 * aRow);
        for (; k > 0; k--)
        {
            Sse.Prefetch0((byte*)b + fetch);
            Vector256<T> x = Lanes256.Load(b, mask);
            NarrowRow<T, Counts.Zero, TRows>(a, 0, x, ref c00);
            NarrowRow<T, Counts.One, TRows>(a, s, x, ref c01);
            NarrowRow<T, Counts.Two, TRows>(a, 2 * s, x, ref c02);
            NarrowRow<T, Counts.Three, TRows>(a, s3, x, ref c03);
            NarrowRow<T, Counts.Four, TRows>(a, 4 * s, x, ref c04);
            NarrowRow<T, Counts.Five, TRows>(a, s5, x, ref c05);
            NarrowRow<T, Counts.Six, TRows>(a, 2 * s3, x, ref c06);
            NarrowRow<T, Counts.Seven, TRows>(a7, 0, x, ref c07);
            NarrowRow<T, Counts.Eight, TRows>(a7, s, x, ref c08);
            NarrowRow<T, Counts.Nine, TRows>(a7, 2 * s, x, ref c09);
            NarrowRow<T, Counts.Ten, TRows>(a7, s3, x, ref c10);
            NarrowRow<T, Counts.Eleven, TRows>(a7, 4 * s, x, ref c11);
            NarrowRow<T, Counts.Twelve, TRows>(a7, s5, x, ref c12);
            NarrowRow<T, Counts.Thirteen, TRows>(a7, 2 * s3, x, ref c13);
            a = (T*)((byte*)a + aStep);
            a7 = (T*)((byte*)a7 + aStep);
            b = (T*)((byte*)b + bStep);
        }

        NarrowStore<T, Counts.Zero, TRows>(c, c00, mask, accumulate);
        NarrowStore<T, Counts.One, TRows>(c + ldc, c01, mask, accumulate);
        NarrowStore<T, Counts.Two, TRows>(c + (2 * ldc), c02, mask, accumulate);
        NarrowStore<T, Counts.Three, TRows>(c + (3 * ldc), c03, mask, accumulate);
        NarrowStore<T, Counts.Four, TRows>(c + (4 * ldc), c04, mask, accumulate);
        NarrowStore<T, Counts.Five, TRows>(c + (5 * ldc), c05, mask, accumulate);
        NarrowStore<T, Counts.Six, TRows>(c + (6 * ldc), c06, mask, accumulate);
        NarrowStore<T, Counts.Seven, TRows>(c + (7 * ldc), c07, mask, accumulate);
        NarrowStore<T, Counts.Eight, TRows>(c + (8 * ldc), c08, mask, accumulate);
        NarrowStore<T, Counts.Nine, TRows>(c + (9 * ldc), c09, mask, accumulate);
        NarrowStore<T, Counts.Ten, TRows>(c + (10 * ldc), c10, mask, accumulate);
        NarrowStore<T, Counts.Eleven, TRows>(c + (11 * ldc), c11, mask, accumulate);
        NarrowStore<T, Counts.Twelve, TRows>(c + (12 * ldc), c12, mask, accumulate);
        NarrowStore<T, Counts.Thirteen, TRows>(c + (13 * ldc), c13, mask, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void NarrowRow<T, TRow, TRows>(T* a, nint offset, Vector256<T> x, ref Vector256<T> c)
        where T : unmanaged
        where TRow : struct, ICount
        where TRows : struct, ICount
    {
        if (TRow.Value < TRows.Value)
        {
            c = Lanes256.Fma(Vector256.Create(*(T*)((byte*)a + offset)), x, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void NarrowStore<T, TRow, TRows>(T* c, Vector256<T> sum, Vector256<T> mask, bool accumulate)
        where T : unmanaged
        where TRow : struct, ICount
        where TRows : struct, ICount
    {
        if (TRow.Value < TRows.Value)
        {
            Lanes256.Store(accumulate ? Lanes256.Load(c, mask) + sum : sum, c, mask);
        }
    }
}
