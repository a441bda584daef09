using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile256
{
    /// <summary>One row of C: c[j] = Σ over p of a[p·aK] · b[p·bK + j], for j &lt; columns.</summary>
    /// <param name="a">First element of the row of A.</param>
    /// <param name="aK">Elements of A from one p to the next; any value.</param>
    /// <param name="b">First element of B, whose columns have unit stride; it is read at the addresses of the formula and
    /// nowhere else.</param>
    /// <param name="bK">Elements of B from one p to the next; any value.</param>
    /// <param name="columns">Columns, any number; some thousand stay in the first-level cache while B passes.</param>
    /// <param name="k">Length of the sum; 0 gives +0.</param>
    /// <param name="c">So many elements, all written; must not overlap the operands.</param>
    /// <remarks>A row uses each element of B once, so it is as fast as B comes: eight whole rows of B at a time, each
    /// read in sequence, which is what processors fetch ahead of. Sums so far wait in <paramref name="c"/>. 2·columns·k
    /// flops; the bits are those of
    /// <see cref="Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool)"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Row(ref float a, nint aK, ref float b, nint bK, nint columns, nint k, ref float c) =>
        Row(
            (float*)Unsafe.AsPointer(ref a), aK, (float*)Unsafe.AsPointer(ref b), bK, columns, k,
            (float*)Unsafe.AsPointer(ref c));

    /// <inheritdoc cref="Row(ref float, nint, ref float, nint, nint, nint, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Row(ref double a, nint aK, ref double b, nint bK, nint columns, nint k, ref double c) =>
        Row(
            (double*)Unsafe.AsPointer(ref a), aK, (double*)Unsafe.AsPointer(ref b), bK, columns, k,
            (double*)Unsafe.AsPointer(ref c));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Row<T>(T* a, nint aK, T* b, nint bK, nint columns, nint k, T* c)
        where T : unmanaged
    {
        nint p = 0;
        for (; p <= k - 8; p += 8)
        {
            EightRows(a + (p * aK), aK, b + (p * bK), bK, columns, c, p == 0);
        }

        for (; p < k; p++)
        {
            OneRow(a[p * aK], b + (p * bK), columns, c, p == 0);
        }

        if (k == 0)
        {
            new Span<T>(c, checked((int)columns)).Clear();
        }
    }

    /// <summary>Eight p of every column, on top of the sum so far unless they are the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void EightRows<T>(T* a, nint aK, T* b, nint bK, nint columns, T* c, bool isFirst)
        where T : unmanaged
    {
        Vector256<T> x0 = Vector256.Create(*a), x1 = Vector256.Create(a[aK]), x2 = Vector256.Create(a[2 * aK]);
        Vector256<T> x3 = Vector256.Create(a[3 * aK]), x4 = Vector256.Create(a[4 * aK]), x5 = Vector256.Create(a[5 * aK]);
        Vector256<T> x6 = Vector256.Create(a[6 * aK]), x7 = Vector256.Create(a[7 * aK]);
        T* b0 = b, b1 = b0 + bK, b2 = b1 + bK, b3 = b2 + bK, b4 = b3 + bK, b5 = b4 + bK, b6 = b5 + bK, b7 = b6 + bK;
        nint lanes = Vector256<T>.Count, j = 0;
        for (; j <= columns - lanes; j += lanes)
        {
            Vector256<T> sum = isFirst ? Vector256<T>.Zero : Vector256.Load(c + j);
            sum = Lanes256.Fma(x0, Vector256.Load(b0 + j), sum);
            sum = Lanes256.Fma(x1, Vector256.Load(b1 + j), sum);
            sum = Lanes256.Fma(x2, Vector256.Load(b2 + j), sum);
            sum = Lanes256.Fma(x3, Vector256.Load(b3 + j), sum);
            sum = Lanes256.Fma(x4, Vector256.Load(b4 + j), sum);
            sum = Lanes256.Fma(x5, Vector256.Load(b5 + j), sum);
            sum = Lanes256.Fma(x6, Vector256.Load(b6 + j), sum);
            sum = Lanes256.Fma(x7, Vector256.Load(b7 + j), sum);
            sum.Store(c + j);
        }

        if (j < columns)
        {
            Vector256<T> mask = Lanes256.Mask<T>(columns - j);
            Vector256<T> sum = isFirst ? Vector256<T>.Zero : Lanes256.Load(c + j, mask);
            sum = Lanes256.Fma(x0, Lanes256.Load(b0 + j, mask), sum);
            sum = Lanes256.Fma(x1, Lanes256.Load(b1 + j, mask), sum);
            sum = Lanes256.Fma(x2, Lanes256.Load(b2 + j, mask), sum);
            sum = Lanes256.Fma(x3, Lanes256.Load(b3 + j, mask), sum);
            sum = Lanes256.Fma(x4, Lanes256.Load(b4 + j, mask), sum);
            sum = Lanes256.Fma(x5, Lanes256.Load(b5 + j, mask), sum);
            sum = Lanes256.Fma(x6, Lanes256.Load(b6 + j, mask), sum);
            sum = Lanes256.Fma(x7, Lanes256.Load(b7 + j, mask), sum);
            Lanes256.Store(sum, c + j, mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void OneRow<T>(T a, T* b, nint columns, T* c, bool isFirst)
        where T : unmanaged
    {
        Vector256<T> x = Vector256.Create(a);
        nint lanes = Vector256<T>.Count, j = 0;
        for (; j <= columns - lanes; j += lanes)
        {
            Vector256<T> sum = isFirst ? Vector256<T>.Zero : Vector256.Load(c + j);
            sum = Lanes256.Fma(x, Vector256.Load(b + j), sum);
            sum.Store(c + j);
        }

        if (j < columns)
        {
            Vector256<T> mask = Lanes256.Mask<T>(columns - j);
            Vector256<T> sum = isFirst ? Vector256<T>.Zero : Lanes256.Load(c + j, mask);
            sum = Lanes256.Fma(x, Lanes256.Load(b + j, mask), sum);
            Lanes256.Store(sum, c + j, mask);
        }
    }
}
