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
        Strided<float, Counts.Zero>(
            (float*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (float*)Unsafe.AsPointer(ref b), bK, columns, k, (float*)Unsafe.AsPointer(ref c), ldc, accumulate, null);

    /// <inheritdoc cref="Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool)"/>
    /// <remarks>The tile has <see cref="ColumnsFloat64"/> columns.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Strided(
        ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c,
        nint ldc, bool accumulate) =>
        Strided<double, Counts.Zero>(
            (double*)Unsafe.AsPointer(ref a), aRow, aK, rows,
            (double*)Unsafe.AsPointer(ref b), bK, columns, k, (double*)Unsafe.AsPointer(ref c), ldc, accumulate, null);

    /// <summary><see cref="Strided(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool)"/> that
    /// also writes its columns of B as a panel, for the tiles below: they find it near and in sequence, and reading B
    /// twice is saved.</summary>
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
    /// <param name="packed">k rows of 32 elements: packed[p·32 + j] = b[p·bK + j], +0 from the last column to the end of its
    /// vector; a second vector without columns is left alone. Must not overlap the operands.</param>
    /// <remarks>The bits are those of the tile that does not pack.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StridedPacking(
        ref float a, nint aRow, nint aK, nint rows, ref float b, nint bK, nint columns, nint k, ref float c, nint ldc,
        bool accumulate, ref float packed) =>
        Strided<float, Counts.One>(
            (float*)Unsafe.AsPointer(ref a), aRow, aK, rows, (float*)Unsafe.AsPointer(ref b), bK, columns, k,
            (float*)Unsafe.AsPointer(ref c), ldc, accumulate, (float*)Unsafe.AsPointer(ref packed));

    /// <inheritdoc cref="StridedPacking(ref float, nint, nint, nint, ref float, nint, nint, nint, ref float, nint, bool, ref float)"/>
    /// <remarks>The tile has <see cref="ColumnsFloat64"/> columns.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StridedPacking(
        ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c, nint ldc,
        bool accumulate, ref double packed) =>
        Strided<double, Counts.One>(
            (double*)Unsafe.AsPointer(ref a), aRow, aK, rows, (double*)Unsafe.AsPointer(ref b), bK, columns, k,
            (double*)Unsafe.AsPointer(ref c), ldc, accumulate, (double*)Unsafe.AsPointer(ref packed));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Strided<T, TPacks>(
        T* a, nint aRow, nint aK, nint rows, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate,
        T* packed)
        where T : unmanaged
        where TPacks : struct, ICount
    {
        switch (rows)
        {
            case 1: Strided<T, Counts.One, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 2: Strided<T, Counts.Two, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 3: Strided<T, Counts.Three, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 4: Strided<T, Counts.Four, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 5: Strided<T, Counts.Five, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 6: Strided<T, Counts.Six, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 7: Strided<T, Counts.Seven, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 8: Strided<T, Counts.Eight, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 9: Strided<T, Counts.Nine, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 10: Strided<T, Counts.Ten, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 11: Strided<T, Counts.Eleven, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 12: Strided<T, Counts.Twelve, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            case 13: Strided<T, Counts.Thirteen, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
            default: Strided<T, Counts.Fourteen, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Strided<T, TRows, TPacks>(
        T* a, nint aRow, nint aK, T* b, nint bK, nint columns, nint k, T* c, nint ldc, bool accumulate,
        T* packed)
        where T : unmanaged
        where TPacks : struct, ICount
        where TRows : struct, ICount
    {
        nint lanes = Vector512<T>.Count;
        if (columns == 2 * lanes)
        {
            Kernel<T, TRows, Counts.Two, Counts.Zero, TPacks>(a, aRow, aK, b, bK, lanes, k, c, ldc, accumulate, packed);
        }
        else if (columns > lanes)
        {
            Kernel<T, TRows, Counts.Two, Counts.One, TPacks>(a, aRow, aK, b, bK, columns - lanes, k, c, ldc, accumulate, packed);
        }
        else if (columns == lanes)
        {
            Kernel<T, TRows, Counts.One, Counts.Zero, TPacks>(a, aRow, aK, b, bK, lanes, k, c, ldc, accumulate, packed);
        }
        else if (2 * columns <= lanes)
        {
            Narrow<T, TRows, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed);
        }
        else
        {
            Kernel<T, TRows, Counts.One, Counts.One, TPacks>(a, aRow, aK, b, bK, columns, k, c, ldc, accumulate, packed);
        }
    }
}
