using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile256
{
    /// <summary>One row of C, four tiles wide: c[j] = Σ over p of a[p·aK] · b[p·bK + j], or that added to c[j], for
    /// j &lt; <see cref="RowColumnsFloat32"/>.</summary>
    /// <param name="a">First element of the row of A.</param>
    /// <param name="aK">Elements of A from one p to the next; any value.</param>
    /// <param name="b">First element of B, whose columns have unit stride; 64 elements are read at each p.</param>
    /// <param name="bK">Elements of B from one p to the next; any value.</param>
    /// <param name="k">Length of the sum; 0 gives +0.</param>
    /// <param name="c">64 elements, all written.</param>
    /// <param name="accumulate">True to add to c, false to overwrite it without reading it.</param>
    /// <remarks>A row of 16 columns has two chains of sums, which leave the FMA pipes idle three times in four, and
    /// reads B in slivers; this one has eight and reads B four lines at a time. 128·k flops. The bits are those of
    /// <see cref="Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool)"/>, which
    /// takes the columns that are left over.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Row(
        ref float a, nint aK, ref float b, nint bK, nint k, ref float c, bool accumulate)
    {
        float* row = (float*)Unsafe.AsPointer(ref a), columns = (float*)Unsafe.AsPointer(ref b);
        Row(row, aK, columns, bK, k, (float*)Unsafe.AsPointer(ref c), accumulate);
    }

    /// <inheritdoc cref="Row(ref float, nint, ref float, nint, nint, ref float, bool)"/>
    /// <remarks>The row has <see cref="RowColumnsFloat64"/> columns.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Row(
        ref double a, nint aK, ref double b, nint bK, nint k, ref double c, bool accumulate)
    {
        double* row = (double*)Unsafe.AsPointer(ref a), columns = (double*)Unsafe.AsPointer(ref b);
        Row(row, aK, columns, bK, k, (double*)Unsafe.AsPointer(ref c), accumulate);
    }

    /// <summary>Eight vectors of a row of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Row<T>(T* a, nint aK, T* b, nint bK, nint k, T* c, bool accumulate)
        where T : unmanaged
    {
        nint lanes = Vector256<T>.Count;
        Vector256<T> c0 = Vector256<T>.Zero, c1 = Vector256<T>.Zero, c2 = Vector256<T>.Zero, c3 = Vector256<T>.Zero;
        Vector256<T> c4 = Vector256<T>.Zero, c5 = Vector256<T>.Zero, c6 = Vector256<T>.Zero, c7 = Vector256<T>.Zero;
        for (; k > 0; k--)
        {
            Vector256<T> x = Vector256.Create(*a);
            c0 = Lanes256.Fma(x, Vector256.Load(b), c0);
            c1 = Lanes256.Fma(x, Vector256.Load(b + lanes), c1);
            c2 = Lanes256.Fma(x, Vector256.Load(b + (2 * lanes)), c2);
            c3 = Lanes256.Fma(x, Vector256.Load(b + (3 * lanes)), c3);
            c4 = Lanes256.Fma(x, Vector256.Load(b + (4 * lanes)), c4);
            c5 = Lanes256.Fma(x, Vector256.Load(b + (5 * lanes)), c5);
            c6 = Lanes256.Fma(x, Vector256.Load(b + (6 * lanes)), c6);
            c7 = Lanes256.Fma(x, Vector256.Load(b + (7 * lanes)), c7);
            a += aK;
            b += bK;
        }

        StoreRow(c, c0, c1, accumulate);
        StoreRow(c + (2 * lanes), c2, c3, accumulate);
        StoreRow(c + (4 * lanes), c4, c5, accumulate);
        StoreRow(c + (6 * lanes), c6, c7, accumulate);
    }
}
