using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile512
{
    /// <summary>Packs B (k × columns, any strides) into panels of <see cref="ColumnsFloat32"/> columns:
    /// packed[(panel·k + p)·32 + j] = source[p·kStride + (32·panel + j)·columnStride].</summary>
    /// <param name="source">First element of B; it is read at the addresses of the formula and nowhere else.</param>
    /// <param name="kStride">Elements from one p to the next; any value, also 0.</param>
    /// <param name="columnStride">Elements from one column to the next; any value, also 0.</param>
    /// <param name="k">Length of the contracted axis; 0 writes nothing.</param>
    /// <param name="columns">Columns of B; 0 writes nothing.</param>
    /// <param name="packed">⌈columns / 32⌉ · k · 32 elements, all written, +0 in the columns beyond the last; must not
    /// overlap the source.</param>
    /// <remarks>Bits are copied, payloads of NaN included. Fast where either stride is 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PackColumns(
        ref float source, nint kStride, nint columnStride, nint k, nint columns, ref float packed) =>
        PackColumns(
            (float*)Unsafe.AsPointer(ref source), kStride, columnStride, k, columns,
            (float*)Unsafe.AsPointer(ref packed));

    /// <inheritdoc cref="PackColumns(ref float, nint, nint, nint, nint, ref float)"/>
    /// <remarks>Panels have <see cref="ColumnsFloat64"/> columns. Fast where either stride is 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PackColumns(
        ref double source, nint kStride, nint columnStride, nint k, nint columns, ref double packed) =>
        PackColumns(
            (double*)Unsafe.AsPointer(ref source), kStride, columnStride, k, columns,
            (double*)Unsafe.AsPointer(ref packed));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackColumns<T>(
        T* source, nint kStride, nint columnStride, nint k, nint columns, T* packed)
        where T : unmanaged
    {
        nint lanes = Vector512<T>.Count, width = 2 * lanes;
        if (columnStride == 1)
        {
            PackColumnsAcross(source, kStride, k, columns, packed);
        }
        else if (kStride == 1)
        {
            for (nint column = 0; column < columns; column += lanes)
            {
                nint panel = column - (column % width), lane = column % width;
                Transpose(
                    source + (column * columnStride), columnStride, nint.Min(lanes, columns - column), k,
                    packed + (panel * k) + lane, width, lanes);
                if (lane == 0 && column + lanes >= columns)
                {
                    // The second half of the last panel has no columns.
                    Transpose(source, columnStride, 0, k, packed + (panel * k) + lanes, width, lanes);
                }
            }
        }
        else
        {
            PanelPacking.Pack(source, columnStride, kStride, columns, k, width, packed);
        }
    }

    /// <summary>Panels whose columns are contiguous at each p: a few p of every panel in turn, so that the source is
    /// read nearly in sequence and few pages are open at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackColumnsAcross<T>(T* source, nint kStride, nint k, nint columns, T* packed)
        where T : unmanaged
    {
        const int Block = 8;
        nint lanes = Vector512<T>.Count, width = 2 * lanes;
        for (nint first = 0; first < k; first += Block)
        {
            nint count = nint.Min(Block, k - first);
            for (nint column = 0; column < columns; column += width)
            {
                T* from = source + (first * kStride) + column;
                T* to = packed + (column * k) + (first * width);
                Vector512<T> mask0 = Lanes512.Mask<T>(columns - column);
                Vector512<T> mask1 = Lanes512.Mask<T>(columns - column - lanes);
                for (nint p = count; p > 0; p--)
                {
                    Vector512<T> v0 = Lanes512.Load(from, mask0);
                    Vector512<T> v1 = Lanes512.Load(from + lanes, mask1);
                    v0.Store(to);
                    v1.Store(to + lanes);
                    from += kStride;
                    to += width;
                }
            }
        }
    }
}
