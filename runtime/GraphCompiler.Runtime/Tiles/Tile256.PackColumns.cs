using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile256
{
    /// <summary>Packs B (k × columns, any strides) into panels of <see cref="ColumnsFloat32"/> columns for
    /// <see cref="Packed(ref float, ref float, nint, ref float, nint, bool)"/>: packed[(panel·k + p)·16 + j] =
    /// source[p·kStride + (16·panel + j)·columnStride].</summary>
    /// <param name="source">First element of B; it is read at the addresses of the formula and nowhere else.</param>
    /// <param name="kStride">Elements from one p to the next; any value, also 0.</param>
    /// <param name="columnStride">Elements from one column to the next; any value, also 0.</param>
    /// <param name="k">Length of the contracted axis; 0 writes nothing.</param>
    /// <param name="columns">Columns of B; 0 writes nothing.</param>
    /// <param name="packed">⌈columns / 16⌉ · k · 16 elements, all written, +0 in the columns beyond the last; must not
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
        nint width = 2 * Vector256<T>.Count, full = columns - (columns % width);
        if (columnStride == 1)
        {
            PackColumnsAcross(source, kStride, k, full, packed);
            PackColumnsEdge(source + full, kStride, k, columns - full, packed + (full * k));
        }
        else if (kStride == 1)
        {
            for (nint column = 0; column < columns; column += width)
            {
                PackColumnsAlongK(
                    source + (column * columnStride), columnStride, k, nint.Min(width, columns - column),
                    packed + (column * k));
            }
        }
        else
        {
            PanelPacking.Pack(source, columnStride, kStride, columns, k, width, packed);
        }
    }

    /// <summary>Full panels whose columns are contiguous at each p: a few p of every panel in turn, so that the source
    /// is read nearly in sequence and few pages are open at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackColumnsAcross<T>(T* source, nint kStride, nint k, nint columns, T* packed)
        where T : unmanaged
    {
        const int Block = 8;
        nint lanes = Vector256<T>.Count, width = 2 * lanes;
        for (nint first = 0; first < k; first += Block)
        {
            nint count = nint.Min(Block, k - first);
            for (nint column = 0; column < columns; column += width)
            {
                T* from = source + (first * kStride) + column;
                T* to = packed + (column * k) + (first * width);
                for (nint p = count; p > 0; p--)
                {
                    Vector256<T> v0 = Vector256.Load(from);
                    Vector256<T> v1 = Vector256.Load(from + lanes);
                    v0.Store(to);
                    v1.Store(to + lanes);
                    from += kStride;
                    to += width;
                }
            }
        }
    }

    /// <summary>The last panel, of fewer columns than a full one, contiguous at each p. None is no panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackColumnsEdge<T>(T* source, nint kStride, nint k, nint columns, T* packed)
        where T : unmanaged
    {
        if (columns == 0)
        {
            return;
        }

        nint lanes = Vector256<T>.Count;
        Vector256<T> mask0 = Lanes256.Mask<T>(columns), mask1 = Lanes256.Mask<T>(columns - lanes);
        for (; k > 0; k--)
        {
            Lanes256.Load(source, mask0).Store(packed);
            Lanes256.Load(source + lanes, mask1).Store(packed + lanes);
            source += kStride;
            packed += 2 * lanes;
        }
    }

    /// <summary>One panel whose columns are contiguous along k: square blocks of one vector, transposed in
    /// registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackColumnsAlongK<T>(T* source, nint columnStride, nint k, nint columns, T* packed)
        where T : unmanaged
    {
        nint lanes = Vector256<T>.Count, width = 2 * lanes;
        for (nint lane = 0; lane < width; lane += lanes)
        {
            nint valid = nint.Clamp(columns - lane, 0, lanes);
            TransposeColumns(
                source + (valid > 0 ? lane * columnStride : 0), columnStride, valid, k, packed + lane, width);
        }
    }

    /// <summary>Up to one vector of columns, each contiguous along k, to one vector for each p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void TransposeColumns<T>(
        T* source, nint columnStride, nint columns, nint k, T* packed, nint width)
        where T : unmanaged
    {
        // A missing column reads the last one (or what the caller points at), and its lane is cleared as bits.
        nint last = nint.Max(columns - 1, 0), lanes = Vector256<T>.Count, p = 0;
        Vector256<T> mask = Lanes256.Mask<T>(columns);
        T* c0 = source, c1 = source + (nint.Min(1, last) * columnStride);
        T* c2 = source + (nint.Min(2, last) * columnStride), c3 = source + (nint.Min(3, last) * columnStride);
        T* c4 = source + (nint.Min(4, last) * columnStride), c5 = source + (nint.Min(5, last) * columnStride);
        T* c6 = source + (nint.Min(6, last) * columnStride), c7 = source + (nint.Min(7, last) * columnStride);
        for (; p <= k - lanes; p += lanes)
        {
            if (typeof(T) == typeof(float))
            {
                StoreTransposed8(
                    Vector256.Load(c0 + p), Vector256.Load(c1 + p), Vector256.Load(c2 + p), Vector256.Load(c3 + p),
                    Vector256.Load(c4 + p), Vector256.Load(c5 + p), Vector256.Load(c6 + p), Vector256.Load(c7 + p),
                    mask, packed + (p * width), width);
            }
            else
            {
                StoreTransposed4(
                    Vector256.Load(c0 + p), Vector256.Load(c1 + p), Vector256.Load(c2 + p), Vector256.Load(c3 + p),
                    mask, packed + (p * width), width);
            }
        }

        if (p < k)
        {
            T* block = stackalloc T[Vector256<T>.Count * Vector256<T>.Count];
            Vector256<T> tail = Lanes256.Mask<T>(k - p);
            if (typeof(T) == typeof(float))
            {
                StoreTransposed8(
                    Lanes256.Load(c0 + p, tail), Lanes256.Load(c1 + p, tail),
                    Lanes256.Load(c2 + p, tail), Lanes256.Load(c3 + p, tail),
                    Lanes256.Load(c4 + p, tail), Lanes256.Load(c5 + p, tail),
                    Lanes256.Load(c6 + p, tail), Lanes256.Load(c7 + p, tail),
                    mask, block, lanes);
            }
            else
            {
                StoreTransposed4(
                    Lanes256.Load(c0 + p, tail), Lanes256.Load(c1 + p, tail),
                    Lanes256.Load(c2 + p, tail), Lanes256.Load(c3 + p, tail),
                    mask, block, lanes);
            }

            for (; p < k; p++)
            {
                Vector256.Load(block).Store(packed + (p * width));
                block += lanes;
            }
        }
    }

    /// <summary>8 × 8 floats: pairs, then pairs of pairs, then halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreTransposed8<T>(
        Vector256<T> c0, Vector256<T> c1, Vector256<T> c2, Vector256<T> c3,
        Vector256<T> c4, Vector256<T> c5, Vector256<T> c6, Vector256<T> c7, Vector256<T> mask, T* packed, nint width)
        where T : unmanaged
    {
        Vector256<T> low01 = Lanes256.ZipLow(c0, c1), low23 = Lanes256.ZipLow(c2, c3);
        Vector256<T> low45 = Lanes256.ZipLow(c4, c5), low67 = Lanes256.ZipLow(c6, c7);
        Vector256<T> high01 = Lanes256.ZipHigh(c0, c1), high23 = Lanes256.ZipHigh(c2, c3);
        Vector256<T> high45 = Lanes256.ZipHigh(c4, c5), high67 = Lanes256.ZipHigh(c6, c7);
        Vector256<T> a0 = Lanes256.PairLow(low01, low23), b0 = Lanes256.PairLow(low45, low67);
        Vector256<T> a1 = Lanes256.PairHigh(low01, low23), b1 = Lanes256.PairHigh(low45, low67);
        Vector256<T> a2 = Lanes256.PairLow(high01, high23), b2 = Lanes256.PairLow(high45, high67);
        Vector256<T> a3 = Lanes256.PairHigh(high01, high23), b3 = Lanes256.PairHigh(high45, high67);
        StoreHalves(a0, b0, mask, packed, 4 * width);
        StoreHalves(a1, b1, mask, packed + width, 4 * width);
        StoreHalves(a2, b2, mask, packed + (2 * width), 4 * width);
        StoreHalves(a3, b3, mask, packed + (3 * width), 4 * width);
    }

    /// <summary>4 × 4 doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreTransposed4<T>(
        Vector256<T> c0, Vector256<T> c1, Vector256<T> c2, Vector256<T> c3, Vector256<T> mask, T* packed, nint width)
        where T : unmanaged
    {
        StoreHalves(Lanes256.ZipLow(c0, c1), Lanes256.ZipLow(c2, c3), mask, packed, 2 * width);
        StoreHalves(Lanes256.ZipHigh(c0, c1), Lanes256.ZipHigh(c2, c3), mask, packed + width, 2 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreHalves<T>(
        Vector256<T> a, Vector256<T> b, Vector256<T> mask, T* packed, nint distance)
        where T : unmanaged
    {
        (Lanes256.Lows(a, b) & mask).Store(packed);
        (Lanes256.Highs(a, b) & mask).Store(packed + distance);
    }
}
