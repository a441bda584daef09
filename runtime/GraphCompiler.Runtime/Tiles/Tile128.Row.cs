using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <inheritdoc cref="Tile256.Row(ref float, nint, ref float, nint, nint, nint, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Row(ref float a, nint aK, ref float b, nint bK, nint columns, nint k, ref float c) =>
        Row(
            (float*)Unsafe.AsPointer(ref a), aK, (float*)Unsafe.AsPointer(ref b), bK, columns, k,
            (float*)Unsafe.AsPointer(ref c));

    /// <inheritdoc cref="Tile256.Row(ref double, nint, ref double, nint, nint, nint, ref double)"/>
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
        Vector128<T> x0 = Vector128.Create(*a), x1 = Vector128.Create(a[aK]), x2 = Vector128.Create(a[2 * aK]);
        Vector128<T> x3 = Vector128.Create(a[3 * aK]), x4 = Vector128.Create(a[4 * aK]), x5 = Vector128.Create(a[5 * aK]);
        Vector128<T> x6 = Vector128.Create(a[6 * aK]), x7 = Vector128.Create(a[7 * aK]);
        T* b0 = b, b1 = b0 + bK, b2 = b1 + bK, b3 = b2 + bK, b4 = b3 + bK, b5 = b4 + bK, b6 = b5 + bK, b7 = b6 + bK;
        nint lanes = Vector128<T>.Count, j = 0;
        for (; j <= columns - lanes; j += lanes)
        {
            Vector128<T> sum = isFirst ? Vector128<T>.Zero : Vector128.Load(c + j);
            sum = Lanes128.Fma(x0, Vector128.Load(b0 + j), sum);
            sum = Lanes128.Fma(x1, Vector128.Load(b1 + j), sum);
            sum = Lanes128.Fma(x2, Vector128.Load(b2 + j), sum);
            sum = Lanes128.Fma(x3, Vector128.Load(b3 + j), sum);
            sum = Lanes128.Fma(x4, Vector128.Load(b4 + j), sum);
            sum = Lanes128.Fma(x5, Vector128.Load(b5 + j), sum);
            sum = Lanes128.Fma(x6, Vector128.Load(b6 + j), sum);
            sum = Lanes128.Fma(x7, Vector128.Load(b7 + j), sum);
            sum.Store(c + j);
        }

        if (j < columns)
        {
            Vector128<T> sum = isFirst ? Vector128<T>.Zero : Lanes128.Load(c + j, columns - j);
            sum = Lanes128.Fma(x0, Lanes128.Load(b0 + j, columns - j), sum);
            sum = Lanes128.Fma(x1, Lanes128.Load(b1 + j, columns - j), sum);
            sum = Lanes128.Fma(x2, Lanes128.Load(b2 + j, columns - j), sum);
            sum = Lanes128.Fma(x3, Lanes128.Load(b3 + j, columns - j), sum);
            sum = Lanes128.Fma(x4, Lanes128.Load(b4 + j, columns - j), sum);
            sum = Lanes128.Fma(x5, Lanes128.Load(b5 + j, columns - j), sum);
            sum = Lanes128.Fma(x6, Lanes128.Load(b6 + j, columns - j), sum);
            sum = Lanes128.Fma(x7, Lanes128.Load(b7 + j, columns - j), sum);
            Lanes128.Store(sum, c + j, columns - j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void OneRow<T>(T a, T* b, nint columns, T* c, bool isFirst)
        where T : unmanaged
    {
        Vector128<T> x = Vector128.Create(a);
        nint lanes = Vector128<T>.Count, j = 0;
        for (; j <= columns - lanes; j += lanes)
        {
            Vector128<T> sum = isFirst ? Vector128<T>.Zero : Vector128.Load(c + j);
            sum = Lanes128.Fma(x, Vector128.Load(b + j), sum);
            sum.Store(c + j);
        }

        if (j < columns)
        {
            Vector128<T> sum = isFirst ? Vector128<T>.Zero : Lanes128.Load(c + j, columns - j);
            sum = Lanes128.Fma(x, Lanes128.Load(b + j, columns - j), sum);
            Lanes128.Store(sum, c + j, columns - j);
        }
    }
}
