using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <inheritdoc cref="Tile256.PackRows(ref float, nint, nint, nint, nint, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PackRows(
        ref float source, nint rowStride, nint kStride, nint rows, nint k, ref float packed) =>
        PackRows(
            (float*)Unsafe.AsPointer(ref source), rowStride, kStride, rows, k, (float*)Unsafe.AsPointer(ref packed));

    /// <inheritdoc cref="Tile256.PackRows(ref double, nint, nint, nint, nint, ref double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PackRows(
        ref double source, nint rowStride, nint kStride, nint rows, nint k, ref double packed) =>
        PackRows(
            (double*)Unsafe.AsPointer(ref source), rowStride, kStride, rows, k, (double*)Unsafe.AsPointer(ref packed));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackRows<T>(T* source, nint rowStride, nint kStride, nint rows, nint k, T* packed)
        where T : unmanaged
    {
        if (kStride == 1)
        {
            for (nint row = 0; row < rows; row += Rows)
            {
                PackRowsAlongK(
                    source + (row * rowStride), rowStride, nint.Min(Rows, rows - row), k, packed + (row * k));
            }
        }
        else if (rowStride == 1)
        {
            nint full = rows - (rows % Rows);
            PackRowsAcross(source, kStride, full, k, packed);
            PackRowsEdge(source + full, kStride, rows - full, k, packed + (full * k));
        }
        else
        {
            PanelPacking.Pack(source, rowStride, kStride, rows, k, Rows, packed);
        }
    }

    /// <summary>One panel whose rows are contiguous along k: blocks of 6 rows by one vector, transposed in
    /// registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackRowsAlongK<T>(T* source, nint rowStride, nint rows, nint k, T* packed)
        where T : unmanaged
    {
        // A missing row reads row 0 and is cleared as bits, so that neither a NaN nor an address outside the source
        // gets in.
        Vector128<T> one = Vector128<T>.AllBitsSet, none = Vector128<T>.Zero;
        Vector128<T> mask1 = rows > 1 ? one : none, mask2 = rows > 2 ? one : none, mask3 = rows > 3 ? one : none;
        Vector128<T> mask4 = rows > 4 ? one : none, mask5 = rows > 5 ? one : none;
        T* row1 = source + (rows > 1 ? rowStride : 0), row2 = source + (rows > 2 ? 2 * rowStride : 0);
        T* row3 = source + (rows > 3 ? 3 * rowStride : 0), row4 = source + (rows > 4 ? 4 * rowStride : 0);
        T* row5 = source + (rows > 5 ? 5 * rowStride : 0);
        nint lanes = Vector128<T>.Count, p = 0;
        for (; p <= k - lanes; p += lanes)
        {
            StoreTransposed6(
                Vector128.Load(source + p), Vector128.Load(row1 + p) & mask1, Vector128.Load(row2 + p) & mask2,
                Vector128.Load(row3 + p) & mask3, Vector128.Load(row4 + p) & mask4, Vector128.Load(row5 + p) & mask5,
                packed + (p * Rows));
        }

        if (p < k)
        {
            T* last = stackalloc T[Rows * Vector128<T>.Count];
            nint tail = k - p;
            StoreTransposed6(
                Lanes128.Load(source + p, tail), Lanes128.Load(row1 + p, tail) & mask1,
                Lanes128.Load(row2 + p, tail) & mask2, Lanes128.Load(row3 + p, tail) & mask3,
                Lanes128.Load(row4 + p, tail) & mask4, Lanes128.Load(row5 + p, tail) & mask5,
                last);
            Unsafe.CopyBlockUnaligned(packed + (p * Rows), last, (uint)((k - p) * Rows * sizeof(T)));
        }
    }

    /// <summary>Six rows of one vector, stored column after column: pairs of rows are interleaved, then pairs of
    /// pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreTransposed6<T>(
        Vector128<T> r0, Vector128<T> r1, Vector128<T> r2, Vector128<T> r3, Vector128<T> r4, Vector128<T> r5, T* packed)
        where T : unmanaged
    {
        Vector128<T> low01 = Lanes128.ZipLow(r0, r1), high01 = Lanes128.ZipHigh(r0, r1);
        Vector128<T> low23 = Lanes128.ZipLow(r2, r3), high23 = Lanes128.ZipHigh(r2, r3);
        Vector128<T> low45 = Lanes128.ZipLow(r4, r5), high45 = Lanes128.ZipHigh(r4, r5);
        nint lanes = Vector128<T>.Count;
        if (typeof(T) == typeof(float))
        {
            Lanes128.PairLow(low01, low23).Store(packed);
            Lanes128.PairLowHigh(low45, low01).Store(packed + lanes);
            Lanes128.PairHigh(low23, low45).Store(packed + (2 * lanes));
            Lanes128.PairLow(high01, high23).Store(packed + (3 * lanes));
            Lanes128.PairLowHigh(high45, high01).Store(packed + (4 * lanes));
            Lanes128.PairHigh(high23, high45).Store(packed + (5 * lanes));
        }
        else
        {
            low01.Store(packed);
            low23.Store(packed + lanes);
            low45.Store(packed + (2 * lanes));
            high01.Store(packed + (3 * lanes));
            high23.Store(packed + (4 * lanes));
            high45.Store(packed + (5 * lanes));
        }
    }

    /// <summary>Full panels whose rows are contiguous at each p: a few p of every panel in turn, so that a line of the
    /// source is used up while it is in cache, however far apart the p lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackRowsAcross<T>(T* source, nint kStride, nint rows, nint k, T* packed)
        where T : unmanaged
    {
        const int Block = 4;
        for (nint first = 0; first < k; first += Block)
        {
            nint count = nint.Min(Block, k - first);
            for (nint row = 0; row < rows; row += Rows)
            {
                T* from = source + (first * kStride) + row;
                T* to = packed + (((row / Rows * k) + first) * Rows);
                if (count == Block)
                {
                    CopyRows(from, to);
                    CopyRows(from + kStride, to + Rows);
                    CopyRows(from + (2 * kStride), to + (2 * Rows));
                    CopyRows(from + (3 * kStride), to + (3 * Rows));
                    continue;
                }

                for (nint p = count; p > 0; p--)
                {
                    CopyRows(from, to);
                    from += kStride;
                    to += Rows;
                }
            }
        }
    }

    /// <summary>Six consecutive elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void CopyRows<T>(T* from, T* to)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Vector128<T> low = Vector128.Load(from);
            ulong high = *(ulong*)(from + 4);
            low.Store(to);
            *(ulong*)(to + 4) = high;
        }
        else
        {
            Vector128<T> low = Vector128.Load(from), middle = Vector128.Load(from + 2), high = Vector128.Load(from + 4);
            low.Store(to);
            middle.Store(to + 2);
            high.Store(to + 4);
        }
    }

    /// <summary>The last panel, of fewer rows than a full one, contiguous at each p. None is no panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackRowsEdge<T>(T* source, nint kStride, nint rows, nint k, T* packed)
        where T : unmanaged
    {
        if (rows == 0)
        {
            return;
        }

        for (; k > 0; k--)
        {
            Lanes128.Load(source, rows).Store(packed);
            if (typeof(T) == typeof(float))
            {
                *(ulong*)(packed + 4) = Lanes128.Load(source + 4, rows - 4).AsUInt64()[0];
            }
            else
            {
                Lanes128.Load(source + 2, rows - 2).Store(packed + 2);
                Lanes128.Load(source + 4, rows - 4).Store(packed + 4);
            }

            source += kStride;
            packed += Rows;
        }
    }
}
