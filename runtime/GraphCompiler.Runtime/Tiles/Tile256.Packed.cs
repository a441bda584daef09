using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile256
{
    /// <summary>A full tile from packed panels: c[i, j] = Σ over p of a[p, i] · b[p, j], or that added to c[i,
    /// j].</summary>
    /// <param name="a">Panel of A as <see cref="PackRows(ref float, nint, nint, nint, nint, ref float)"/> writes it:
    /// for each p, <see cref="Rows"/> consecutive elements; k · 6 elements are read.</param>
    /// <param name="b">Panel of B as <see cref="PackColumns(ref float, nint, nint, nint, nint, ref float)"/> writes it:
    /// for each p, <see cref="ColumnsFloat32"/> consecutive elements; k · 16 elements are read.</param>
    /// <param name="k">Length of the sum; 0 gives +0.</param>
    /// <param name="c">The tile: 6 rows of 16 elements, all of them written. At an edge of C it is a scratch tile,
    /// whose rows and columns outside C take the products of the panels' padding.</param>
    /// <param name="ldc">Elements from one row of <paramref name="c"/> to the next.</param>
    /// <param name="accumulate">True to add to c, false to overwrite it without reading it.</param>
    /// <remarks>192·k flops. NaN and ∞ follow IEEE 754 and stay within their row and column. Order and error: see the
    /// class.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Packed(ref float a, ref float b, nint k, ref float c, nint ldc, bool accumulate) =>
        Packed(
            (float*)Unsafe.AsPointer(ref a), (float*)Unsafe.AsPointer(ref b), k, (float*)Unsafe.AsPointer(ref c), ldc,
            accumulate);

    /// <inheritdoc cref="Packed(ref float, ref float, nint, ref float, nint, bool)"/>
    /// <remarks>The tile has <see cref="ColumnsFloat64"/> columns: 96·k flops. Order and error: see the
    /// class.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Packed(ref double a, ref double b, nint k, ref double c, nint ldc, bool accumulate) =>
        Packed(
            (double*)Unsafe.AsPointer(ref a), (double*)Unsafe.AsPointer(ref b), k, (double*)Unsafe.AsPointer(ref c),
            ldc, accumulate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Packed<T>(T* a, T* b, nint k, T* c, nint ldc, bool accumulate)
        where T : unmanaged
    {
        Vector256<T> c00 = Vector256<T>.Zero, c01 = Vector256<T>.Zero;
        Vector256<T> c10 = Vector256<T>.Zero, c11 = Vector256<T>.Zero;
        Vector256<T> c20 = Vector256<T>.Zero, c21 = Vector256<T>.Zero;
        Vector256<T> c30 = Vector256<T>.Zero, c31 = Vector256<T>.Zero;
        Vector256<T> c40 = Vector256<T>.Zero, c41 = Vector256<T>.Zero;
        Vector256<T> c50 = Vector256<T>.Zero, c51 = Vector256<T>.Zero;
        for (; k > 0; k--)
        {
            Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Vector256<T>.Count);
            Vector256<T> x = Vector256.Create(a[0]);
            c00 = Lanes256.Fma(x, b0, c00);
            c01 = Lanes256.Fma(x, b1, c01);
            x = Vector256.Create(a[1]);
            c10 = Lanes256.Fma(x, b0, c10);
            c11 = Lanes256.Fma(x, b1, c11);
            x = Vector256.Create(a[2]);
            c20 = Lanes256.Fma(x, b0, c20);
            c21 = Lanes256.Fma(x, b1, c21);
            x = Vector256.Create(a[3]);
            c30 = Lanes256.Fma(x, b0, c30);
            c31 = Lanes256.Fma(x, b1, c31);
            x = Vector256.Create(a[4]);
            c40 = Lanes256.Fma(x, b0, c40);
            c41 = Lanes256.Fma(x, b1, c41);
            x = Vector256.Create(a[5]);
            c50 = Lanes256.Fma(x, b0, c50);
            c51 = Lanes256.Fma(x, b1, c51);
            a += Rows;
            b += 2 * Vector256<T>.Count;
        }

        StoreRow(c, c00, c01, accumulate);
        StoreRow(c + ldc, c10, c11, accumulate);
        StoreRow(c + (2 * ldc), c20, c21, accumulate);
        StoreRow(c + (3 * ldc), c30, c31, accumulate);
        StoreRow(c + (4 * ldc), c40, c41, accumulate);
        StoreRow(c + (5 * ldc), c50, c51, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreRow<T>(T* c, Vector256<T> low, Vector256<T> high, bool accumulate)
        where T : unmanaged
    {
        if (accumulate)
        {
            low = Vector256.Load(c) + low;
            high = Vector256.Load(c + Vector256<T>.Count) + high;
        }

        low.Store(c);
        high.Store(c + Vector256<T>.Count);
    }
}
