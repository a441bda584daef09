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
        where TRows : unmanaged
    {
        Vector256<T> c00 = Vector256<T>.Zero, c01 = Vector256<T>.Zero;
        Vector256<T> c02 = Vector256<T>.Zero, c03 = Vector256<T>.Zero;
        Vector256<T> c04 = Vector256<T>.Zero, c05 = Vector256<T>.Zero;
        Vector256<T> c06 = Vector256<T>.Zero, c07 = Vector256<T>.Zero;
        Vector256<T> c08 = Vector256<T>.Zero, c09 = Vector256<T>.Zero;
        Vector256<T> c10 = Vector256<T>.Zero, c11 = Vector256<T>.Zero;
        Vector256<T> c12 = Vector256<T>.Zero, c13 = Vector256<T>.Zero;
        Vector256<T> mask = Lanes256.Mask<T>(columns);
        for (nint row = 0; row < sizeof(TRows); row++)
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
            NarrowRow(a, x, ref c00);
            if (sizeof(TRows) > 1) { NarrowRow((T*)((byte*)a + s), x, ref c01); }
            if (sizeof(TRows) > 2) { NarrowRow((T*)((byte*)a + (2 * s)), x, ref c02); }
            if (sizeof(TRows) > 3) { NarrowRow((T*)((byte*)a + s3), x, ref c03); }
            if (sizeof(TRows) > 4) { NarrowRow((T*)((byte*)a + (4 * s)), x, ref c04); }
            if (sizeof(TRows) > 5) { NarrowRow((T*)((byte*)a + s5), x, ref c05); }
            if (sizeof(TRows) > 6) { NarrowRow((T*)((byte*)a + (2 * s3)), x, ref c06); }
            if (sizeof(TRows) > 7) { NarrowRow(a7, x, ref c07); }
            if (sizeof(TRows) > 8) { NarrowRow((T*)((byte*)a7 + s), x, ref c08); }
            if (sizeof(TRows) > 9) { NarrowRow((T*)((byte*)a7 + (2 * s)), x, ref c09); }
            if (sizeof(TRows) > 10) { NarrowRow((T*)((byte*)a7 + s3), x, ref c10); }
            if (sizeof(TRows) > 11) { NarrowRow((T*)((byte*)a7 + (4 * s)), x, ref c11); }
            if (sizeof(TRows) > 12) { NarrowRow((T*)((byte*)a7 + s5), x, ref c12); }
            if (sizeof(TRows) > 13) { NarrowRow((T*)((byte*)a7 + (2 * s3)), x, ref c13); }
            a = (T*)((byte*)a + aStep);
            a7 = (T*)((byte*)a7 + aStep);
            b = (T*)((byte*)b + bStep);
        }

        if (accumulate)
        {
            c00 = Lanes256.Load(c, mask) + c00;
            if (sizeof(TRows) > 1) { c01 = Lanes256.Load(c + ldc, mask) + c01; }
            if (sizeof(TRows) > 2) { c02 = Lanes256.Load(c + (2 * ldc), mask) + c02; }
            if (sizeof(TRows) > 3) { c03 = Lanes256.Load(c + (3 * ldc), mask) + c03; }
            if (sizeof(TRows) > 4) { c04 = Lanes256.Load(c + (4 * ldc), mask) + c04; }
            if (sizeof(TRows) > 5) { c05 = Lanes256.Load(c + (5 * ldc), mask) + c05; }
            if (sizeof(TRows) > 6) { c06 = Lanes256.Load(c + (6 * ldc), mask) + c06; }
            if (sizeof(TRows) > 7) { c07 = Lanes256.Load(c + (7 * ldc), mask) + c07; }
            if (sizeof(TRows) > 8) { c08 = Lanes256.Load(c + (8 * ldc), mask) + c08; }
            if (sizeof(TRows) > 9) { c09 = Lanes256.Load(c + (9 * ldc), mask) + c09; }
            if (sizeof(TRows) > 10) { c10 = Lanes256.Load(c + (10 * ldc), mask) + c10; }
            if (sizeof(TRows) > 11) { c11 = Lanes256.Load(c + (11 * ldc), mask) + c11; }
            if (sizeof(TRows) > 12) { c12 = Lanes256.Load(c + (12 * ldc), mask) + c12; }
            if (sizeof(TRows) > 13) { c13 = Lanes256.Load(c + (13 * ldc), mask) + c13; }
        }

        Lanes256.Store(c00, c, mask);
        if (sizeof(TRows) > 1) { Lanes256.Store(c01, c + ldc, mask); }
        if (sizeof(TRows) > 2) { Lanes256.Store(c02, c + (2 * ldc), mask); }
        if (sizeof(TRows) > 3) { Lanes256.Store(c03, c + (3 * ldc), mask); }
        if (sizeof(TRows) > 4) { Lanes256.Store(c04, c + (4 * ldc), mask); }
        if (sizeof(TRows) > 5) { Lanes256.Store(c05, c + (5 * ldc), mask); }
        if (sizeof(TRows) > 6) { Lanes256.Store(c06, c + (6 * ldc), mask); }
        if (sizeof(TRows) > 7) { Lanes256.Store(c07, c + (7 * ldc), mask); }
        if (sizeof(TRows) > 8) { Lanes256.Store(c08, c + (8 * ldc), mask); }
        if (sizeof(TRows) > 9) { Lanes256.Store(c09, c + (9 * ldc), mask); }
        if (sizeof(TRows) > 10) { Lanes256.Store(c10, c + (10 * ldc), mask); }
        if (sizeof(TRows) > 11) { Lanes256.Store(c11, c + (11 * ldc), mask); }
        if (sizeof(TRows) > 12) { Lanes256.Store(c12, c + (12 * ldc), mask); }
        if (sizeof(TRows) > 13) { Lanes256.Store(c13, c + (13 * ldc), mask); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void NarrowRow<T>(T* a, Vector256<T> x, ref Vector256<T> c)
        where T : unmanaged => c = Lanes256.Fma(Vector256.Create(*a), x, c);
}
