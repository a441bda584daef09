using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <inheritdoc cref="Tile256.PackColumns(ref float, nint, nint, nint, nint, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PackColumns(
        ref float source, nint kStride, nint columnStride, nint k, nint columns, ref float packed) =>
        PackColumns(
            (float*)Unsafe.AsPointer(ref source), kStride, columnStride, k, columns,
            (float*)Unsafe.AsPointer(ref packed));

    /// <inheritdoc cref="Tile256.PackColumns(ref double, nint, nint, nint, nint, ref double)"/>
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
        nint width = 4 * Vector128<T>.Count, full = columns - (columns % width);
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
        nint lanes = Vector128<T>.Count, width = 4 * lanes;
        for (nint first = 0; first < k; first += Block)
        {
            nint count = nint.Min(Block, k - first);
            for (nint column = 0; column < columns; column += width)
            {
                T* from = source + (first * kStride) + column;
                T* to = packed + (column * k) + (first * width);
                for (nint p = count; p > 0; p--)
                {
                    Vector128<T> v0 = Vector128.Load(from);
                    Vector128<T> v1 = Vector128.Load(from + lanes);
                    Vector128<T> v2 = Vector128.Load(from + (2 * lanes));
                    Vector128<T> v3 = Vector128.Load(from + (3 * lanes));
                    v0.Store(to);
                    v1.Store(to + lanes);
                    v2.Store(to + (2 * lanes));
                    v3.Store(to + (3 * lanes));
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

        nint lanes = Vector128<T>.Count;
        for (; k > 0; k--)
        {
            for (nint lane = 0; lane < 4 * lanes; lane += lanes)
            {
                Lanes128.Load(source + lane, columns - lane).Store(packed + lane);
            }

            source += kStride;
            packed += 4 * lanes;
        }
    }

    /// <summary>One panel whose columns are contiguous along k: square blocks of one vector, transposed in
    /// registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackColumnsAlongK<T>(T* source, nint columnStride, nint k, nint columns, T* packed)
        where T : unmanaged
    {
        nint lanes = Vector128<T>.Count, width = 4 * lanes;
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
        nint last = nint.Max(columns - 1, 0), lanes = Vector128<T>.Count, p = 0;
        Vector128<T> mask = Lanes128.Mask<T>(columns);
        T* c0 = source, c1 = source + (nint.Min(1, last) * columnStride);
        T* c2 = source + (nint.Min(2, last) * columnStride), c3 = source + (nint.Min(3, last) * columnStride);
        for (; p <= k - lanes; p += lanes)
        {
            if (typeof(T) == typeof(float))
            {
                StoreTransposed4(
                    Vector128.Load(c0 + p), Vector128.Load(c1 + p),
                    Vector128.Load(c2 + p), Vector128.Load(c3 + p),
                    mask, packed + (p * width), width);
            }
            else
            {
                StoreTransposed2(
                    Vector128.Load(c0 + p), Vector128.Load(c1 + p),
                    mask, packed + (p * width), width);
            }
        }

        if (p < k)
        {
            T* block = stackalloc T[Vector128<T>.Count * Vector128<T>.Count];
            nint tail = k - p;
            if (typeof(T) == typeof(float))
            {
                StoreTransposed4(
                    Lanes128.Load(c0 + p, tail), Lanes128.Load(c1 + p, tail),
                    Lanes128.Load(c2 + p, tail), Lanes128.Load(c3 + p, tail),
                    mask, block, lanes);
            }
            else
            {
                StoreTransposed2(
                    Lanes128.Load(c0 + p, tail), Lanes128.Load(c1 + p, tail),
                    mask, block, lanes);
            }

            for (; p < k; p++)
            {
                Vector128.Load(block).Store(packed + (p * width));
                block += lanes;
            }
        }
    }

    /// <summary>4 × 4 floats: pairs, then pairs of pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreTransposed4<T>(
        Vector128<T> c0, Vector128<T> c1, Vector128<T> c2, Vector128<T> c3, Vector128<T> mask, T* packed, nint width)
        where T : unmanaged
    {
        Vector128<T> low01 = Lanes128.ZipLow(c0, c1), low23 = Lanes128.ZipLow(c2, c3);
        Vector128<T> high01 = Lanes128.ZipHigh(c0, c1), high23 = Lanes128.ZipHigh(c2, c3);
        (Lanes128.PairLow(low01, low23) & mask).Store(packed);
        (Lanes128.PairHigh(low01, low23) & mask).Store(packed + width);
        (Lanes128.PairLow(high01, high23) & mask).Store(packed + (2 * width));
        (Lanes128.PairHigh(high01, high23) & mask).Store(packed + (3 * width));
    }

    /// <summary>2 × 2 doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreTransposed2<T>(
        Vector128<T> c0, Vector128<T> c1, Vector128<T> mask, T* packed, nint width)
        where T : unmanaged
    {
        (Lanes128.PairLow(c0, c1) & mask).Store(packed);
        (Lanes128.PairHigh(c0, c1) & mask).Store(packed + width);
    }
}
