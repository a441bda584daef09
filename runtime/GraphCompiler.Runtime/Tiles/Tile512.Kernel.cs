using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile512
{
    /// <summary>TRows × TVectors accumulators, the last vector masked to <paramref name="last"/> lanes where TEdge is
    /// <see cref="Edges.Masked"/>; only these elements are read and written.</summary>
    /// <remarks>Branches on the type arguments fold away; an accumulator that the shape does not use takes no register.
    /// Rows of A are reached from two pointers by multiples of few strides: a pointer for each would have to be advanced
    /// for each p, and the processor's front end is as busy as its arithmetic.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Kernel<T, TRows, TVectors, TEdge>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint last, nint k, T* c, nint ldc, bool accumulate, nint fetch)
        where T : unmanaged
        where TRows : unmanaged
        where TVectors : unmanaged
        where TEdge : unmanaged
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
        Vector512<T> mask = typeof(TEdge) == typeof(Edges.Masked) ? Lanes512.Mask<T>(last) : Vector512<T>.AllBitsSet;
        for (nint row = 0; row < sizeof(TRows); row++)
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
            Vector512<T> b0 = sizeof(TVectors) == 1 ? LoadLast<T, TEdge>(b, mask) : Vector512.Load(b);
            Vector512<T> b1 = Vector512<T>.Zero;
            if (sizeof(TVectors) > 1)
            {
                Sse.Prefetch0((byte*)b + fetch + 64);
                b1 = LoadLast<T, TEdge>(b + Vector512<T>.Count, mask);
            }

            Row<T, TVectors>(a, b0, b1, ref c000, ref c001);
            if (sizeof(TRows) > 1) { Row<T, TVectors>((T*)((byte*)a + s), b0, b1, ref c010, ref c011); }
            if (sizeof(TRows) > 2) { Row<T, TVectors>((T*)((byte*)a + (2 * s)), b0, b1, ref c020, ref c021); }
            if (sizeof(TRows) > 3) { Row<T, TVectors>((T*)((byte*)a + s3), b0, b1, ref c030, ref c031); }
            if (sizeof(TRows) > 4) { Row<T, TVectors>((T*)((byte*)a + (4 * s)), b0, b1, ref c040, ref c041); }
            if (sizeof(TRows) > 5) { Row<T, TVectors>((T*)((byte*)a + s5), b0, b1, ref c050, ref c051); }
            if (sizeof(TRows) > 6) { Row<T, TVectors>((T*)((byte*)a + (2 * s3)), b0, b1, ref c060, ref c061); }
            if (sizeof(TRows) > 7) { Row<T, TVectors>(a7, b0, b1, ref c070, ref c071); }
            if (sizeof(TRows) > 8) { Row<T, TVectors>((T*)((byte*)a7 + s), b0, b1, ref c080, ref c081); }
            if (sizeof(TRows) > 9) { Row<T, TVectors>((T*)((byte*)a7 + (2 * s)), b0, b1, ref c090, ref c091); }
            if (sizeof(TRows) > 10) { Row<T, TVectors>((T*)((byte*)a7 + s3), b0, b1, ref c100, ref c101); }
            if (sizeof(TRows) > 11) { Row<T, TVectors>((T*)((byte*)a7 + (4 * s)), b0, b1, ref c110, ref c111); }
            if (sizeof(TRows) > 12) { Row<T, TVectors>((T*)((byte*)a7 + s5), b0, b1, ref c120, ref c121); }
            if (sizeof(TRows) > 13) { Row<T, TVectors>((T*)((byte*)a7 + (2 * s3)), b0, b1, ref c130, ref c131); }
            a = (T*)((byte*)a + aStep);
            a7 = (T*)((byte*)a7 + aStep);
            b = (T*)((byte*)b + bStep);
        }

        if (accumulate)
        {
            AddRow<T, TVectors, TEdge>(c, mask, ref c000, ref c001);
            if (sizeof(TRows) > 1) { AddRow<T, TVectors, TEdge>(c + ldc, mask, ref c010, ref c011); }
            if (sizeof(TRows) > 2) { AddRow<T, TVectors, TEdge>(c + (2 * ldc), mask, ref c020, ref c021); }
            if (sizeof(TRows) > 3) { AddRow<T, TVectors, TEdge>(c + (3 * ldc), mask, ref c030, ref c031); }
            if (sizeof(TRows) > 4) { AddRow<T, TVectors, TEdge>(c + (4 * ldc), mask, ref c040, ref c041); }
            if (sizeof(TRows) > 5) { AddRow<T, TVectors, TEdge>(c + (5 * ldc), mask, ref c050, ref c051); }
            if (sizeof(TRows) > 6) { AddRow<T, TVectors, TEdge>(c + (6 * ldc), mask, ref c060, ref c061); }
            if (sizeof(TRows) > 7) { AddRow<T, TVectors, TEdge>(c + (7 * ldc), mask, ref c070, ref c071); }
            if (sizeof(TRows) > 8) { AddRow<T, TVectors, TEdge>(c + (8 * ldc), mask, ref c080, ref c081); }
            if (sizeof(TRows) > 9) { AddRow<T, TVectors, TEdge>(c + (9 * ldc), mask, ref c090, ref c091); }
            if (sizeof(TRows) > 10) { AddRow<T, TVectors, TEdge>(c + (10 * ldc), mask, ref c100, ref c101); }
            if (sizeof(TRows) > 11) { AddRow<T, TVectors, TEdge>(c + (11 * ldc), mask, ref c110, ref c111); }
            if (sizeof(TRows) > 12) { AddRow<T, TVectors, TEdge>(c + (12 * ldc), mask, ref c120, ref c121); }
            if (sizeof(TRows) > 13) { AddRow<T, TVectors, TEdge>(c + (13 * ldc), mask, ref c130, ref c131); }
        }

        StoreRow<T, TVectors, TEdge>(c, mask, c000, c001);
        if (sizeof(TRows) > 1) { StoreRow<T, TVectors, TEdge>(c + ldc, mask, c010, c011); }
        if (sizeof(TRows) > 2) { StoreRow<T, TVectors, TEdge>(c + (2 * ldc), mask, c020, c021); }
        if (sizeof(TRows) > 3) { StoreRow<T, TVectors, TEdge>(c + (3 * ldc), mask, c030, c031); }
        if (sizeof(TRows) > 4) { StoreRow<T, TVectors, TEdge>(c + (4 * ldc), mask, c040, c041); }
        if (sizeof(TRows) > 5) { StoreRow<T, TVectors, TEdge>(c + (5 * ldc), mask, c050, c051); }
        if (sizeof(TRows) > 6) { StoreRow<T, TVectors, TEdge>(c + (6 * ldc), mask, c060, c061); }
        if (sizeof(TRows) > 7) { StoreRow<T, TVectors, TEdge>(c + (7 * ldc), mask, c070, c071); }
        if (sizeof(TRows) > 8) { StoreRow<T, TVectors, TEdge>(c + (8 * ldc), mask, c080, c081); }
        if (sizeof(TRows) > 9) { StoreRow<T, TVectors, TEdge>(c + (9 * ldc), mask, c090, c091); }
        if (sizeof(TRows) > 10) { StoreRow<T, TVectors, TEdge>(c + (10 * ldc), mask, c100, c101); }
        if (sizeof(TRows) > 11) { StoreRow<T, TVectors, TEdge>(c + (11 * ldc), mask, c110, c111); }
        if (sizeof(TRows) > 12) { StoreRow<T, TVectors, TEdge>(c + (12 * ldc), mask, c120, c121); }
        if (sizeof(TRows) > 13) { StoreRow<T, TVectors, TEdge>(c + (13 * ldc), mask, c130, c131); }
    }

    /// <summary>One p of a row: c += a·b. Both types are written out, for the JIT takes as long for each level of calls that
    /// it expands as for the arithmetic.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Row<T, TVectors>(
        T* a, Vector512<T> b0, Vector512<T> b1, ref Vector512<T> c0, ref Vector512<T> c1)
        where T : unmanaged
        where TVectors : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<float> x = Vector512.Create(*(float*)a);
            c0 = Vector512.FusedMultiplyAdd(x, b0.AsSingle(), c0.AsSingle()).As<float, T>();
            if (sizeof(TVectors) > 1)
            {
                c1 = Vector512.FusedMultiplyAdd(x, b1.AsSingle(), c1.AsSingle()).As<float, T>();
            }
        }
        else
        {
            Vector512<double> x = Vector512.Create(*(double*)a);
            c0 = Vector512.FusedMultiplyAdd(x, b0.AsDouble(), c0.AsDouble()).As<double, T>();
            if (sizeof(TVectors) > 1)
            {
                c1 = Vector512.FusedMultiplyAdd(x, b1.AsDouble(), c1.AsDouble()).As<double, T>();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<T> LoadLast<T, TEdge>(T* source, Vector512<T> mask)
        where T : unmanaged
        where TEdge : unmanaged =>
        typeof(TEdge) == typeof(Edges.Masked) ? Lanes512.Load(source, mask) : Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void AddRow<T, TVectors, TEdge>(T* c, Vector512<T> mask, ref Vector512<T> c0, ref Vector512<T> c1)
        where T : unmanaged
        where TVectors : unmanaged
        where TEdge : unmanaged
    {
        if (sizeof(TVectors) == 1)
        {
            c0 = LoadLast<T, TEdge>(c, mask) + c0;
        }
        else
        {
            c0 = Vector512.Load(c) + c0;
            c1 = LoadLast<T, TEdge>(c + Vector512<T>.Count, mask) + c1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreRow<T, TVectors, TEdge>(T* c, Vector512<T> mask, Vector512<T> c0, Vector512<T> c1)
        where T : unmanaged
        where TVectors : unmanaged
        where TEdge : unmanaged
    {
        if (sizeof(TVectors) > 1)
        {
            c0.Store(c);
            c += Vector512<T>.Count;
            c0 = c1;
        }

        if (typeof(TEdge) == typeof(Edges.Masked))
        {
            Lanes512.Store(c0, c, mask);
        }
        else
        {
            c0.Store(c);
        }
    }
}
