using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile512
{
    /// <summary>A tile straight from the operands, whole or at an edge: c[i, j] = Σ over p of a[i·aRow + p·aK] · b[p·bK
    /// + j], or that added to c[i, j], for i &lt; rows and j &lt; columns.</summary>
    /// <param name="a">First element of A; it is read at the addresses of the formula and nowhere else.</param>
    /// <param name="aRow">Elements from one row of A to the next; any value, 0 to use one row for all.</param>
    /// <param name="aK">Elements of A from one p to the next; any value.</param>
    /// <param name="rows">Valid rows, 1 to <see cref="Rows"/>; fewer rows cost less.</param>
    /// <param name="b">First element of B; it is read at the addresses of the formula and nowhere else.</param>
    /// <param name="bK">Elements of B from one p to the next; any value. Columns have unit stride.</param>
    /// <param name="columns">Valid columns, 1 to <see cref="ColumnsFloat32"/>; up to half of that cost half.</param>
    /// <param name="k">Length of the sum; 0 gives +0.</param>
    /// <param name="c">First element of the tile; nothing outside the valid part is touched.</param>
    /// <param name="ldc">Elements from one row of <paramref name="c"/> to the next.</param>
    /// <param name="accumulate">True to add to c, false to overwrite it without reading it.</param>
    /// <remarks>2·rows·columns·k useful flops. NaN and ∞ follow IEEE 754; nothing outside the valid part can reach it.
    /// The order of each sum is that of <see cref="Tile256"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Strided(
        ref float a, nint aRow, nint aK, nint rows, ref float b, nint bK, nint columns, nint k, ref float c, nint ldc,
        bool accumulate) =>
        Strided(
            (float*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (float*)Unsafe.AsPointer(ref b), bK, columns, k, (float*)Unsafe.AsPointer(ref c), ldc, accumulate, Ahead * bK);

    /// <inheritdoc cref="Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool)"/>
    /// <remarks>The tile has <see cref="ColumnsFloat64"/> columns.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Strided(
        ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c,
        nint ldc, bool accumulate) =>
        Strided(
            (double*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (double*)Unsafe.AsPointer(ref b), bK, columns, k, (double*)Unsafe.AsPointer(ref c), ldc, accumulate, Ahead * bK);

    /// <summary><see cref="Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool)"/> that says
    /// what the tile asks memory for meanwhile. The last tile that reads a panel of B best asks for the next panel: the first
    /// tile there then finds it in the second-level cache, and nothing need be copied to be read in sequence.</summary>
    /// <param name="a">First element of A.</param>
    /// <param name="aRow">Elements from one row of A to the next.</param>
    /// <param name="aK">Elements of A from one p to the next.</param>
    /// <param name="rows">Valid rows, 1 to <see cref="Rows"/>.</param>
    /// <param name="b">First element of B.</param>
    /// <param name="bK">Elements of B from one p to the next. Columns have unit stride.</param>
    /// <param name="columns">Valid columns, 1 to <see cref="ColumnsFloat32"/>.</param>
    /// <param name="k">Length of the sum.</param>
    /// <param name="c">First element of the tile.</param>
    /// <param name="ldc">Elements from one row of <paramref name="c"/> to the next.</param>
    /// <param name="accumulate">True to add to c.</param>
    /// <param name="fetch">Elements from a row of B to what is fetched while it is multiplied; any value, since nothing is
    /// read there. Without it, <see cref="Ahead"/> rows.</param>
    /// <remarks>The bits do not depend on <paramref name="fetch"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Strided(
        ref float a, nint aRow, nint aK, nint rows, ref float b, nint bK, nint columns, nint k, ref float c, nint ldc,
        bool accumulate, nint fetch) =>
        Strided(
            (float*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (float*)Unsafe.AsPointer(ref b), bK, columns, k, (float*)Unsafe.AsPointer(ref c), ldc, accumulate, fetch);

    /// <inheritdoc cref="Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool, nint)"/>
    /// <remarks>The tile has <see cref="ColumnsFloat64"/> columns.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Strided(
        ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c,
        nint ldc, bool accumulate, nint fetch) =>
        Strided(
            (double*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (double*)Unsafe.AsPointer(ref b), bK, columns, k, (double*)Unsafe.AsPointer(ref c), ldc, accumulate, fetch);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Strided<T>(
        T* a, nint aRow, nint aK, nint rows, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate,
        nint fetch)
        where T : unmanaged
    {
        switch (rows)
        {
            case 1: Strided<T, Counts.One>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 2: Strided<T, Counts.Two>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 3: Strided<T, Counts.Three>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 4: Strided<T, Counts.Four>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 5: Strided<T, Counts.Five>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 6: Strided<T, Counts.Six>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 7: Strided<T, Counts.Seven>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 8: Strided<T, Counts.Eight>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 9: Strided<T, Counts.Nine>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 10: Strided<T, Counts.Ten>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 11: Strided<T, Counts.Eleven>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 12: Strided<T, Counts.Twelve>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            case 13: Strided<T, Counts.Thirteen>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
            default: Strided<T, Counts.Fourteen>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Strided<T, TRows>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate,
        nint fetch)
        where T : unmanaged
        where TRows : unmanaged
    {
        nint lanes = Vector512<T>.Count;
        if (columns == 2 * lanes)
        {
            Kernel<T, TRows, Counts.Two, Edges.Whole>(a, aRow, aK, b, bK, lanes, k, c, ldc, accumulate, fetch);
        }
        else if (columns > lanes)
        {
            Kernel<T, TRows, Counts.Two, Edges.Masked>(a, aRow, aK, b, bK, columns - lanes, k, c, ldc, accumulate, fetch);
        }
        else if (columns == lanes)
        {
            Kernel<T, TRows, Counts.One, Edges.Whole>(a, aRow, aK, b, bK, lanes, k, c, ldc, accumulate, fetch);
        }
        else if (2 * columns <= lanes)
        {
            Narrow<T, TRows>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch);
        }
        else
        {
            Kernel<T, TRows, Counts.One, Edges.Masked>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, fetch);
        }
    }
}
