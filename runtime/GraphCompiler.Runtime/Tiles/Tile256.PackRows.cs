using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile256
{
    /// <summary>Packs A (rows × k, any strides) into panels of <see cref="Rows"/> rows for
    /// <see cref="Packed(ref float, ref float, nint, ref float, nint, bool)"/>: packed[(panel·k + p)·6 + i] =
    /// source[(6·panel + i)·rowStride + p·kStride].</summary>
    /// <param name="source">First element of A; it is read at the addresses of the formula and nowhere else.</param>
    /// <param name="rowStride">Elements from one row to the next; any value, also 0.</param>
    /// <param name="kStride">Elements from one p to the next; any value, also 0.</param>
    /// <param name="rows">Rows of A; 0 writes nothing.</param>
    /// <param name="k">Length of the contracted axis; 0 writes nothing.</param>
    /// <param name="packed">⌈rows / 6⌉ · k · 6 elements, all written, +0 in the rows beyond the last; must not overlap
    /// the source.</param>
    /// <remarks>Bits are copied, payloads of NaN included. Fast where either stride is 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PackRows(
        ref float source, nint rowStride, nint kStride, nint rows, nint k, ref float packed) =>
        PackRows(
            (float*)Unsafe.AsPointer(ref source), rowStride, kStride, rows, k, (float*)Unsafe.AsPointer(ref packed));

    /// <inheritdoc cref="PackRows(ref float, nint, nint, nint, nint, ref float)"/>
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
        Vector256<T> one = Vector256<T>.AllBitsSet, none = Vector256<T>.Zero;
        Vector256<T> mask1 = rows > 1 ? one : none, mask2 = rows > 2 ? one : none, mask3 = rows > 3 ? one : none;
        Vector256<T> mask4 = rows > 4 ? one : none, mask5 = rows > 5 ? one : none;
        T* row1 = source + (rows > 1 ? rowStride : 0), row2 = source + (rows > 2 ? 2 * rowStride : 0);
        T* row3 = source + (rows > 3 ? 3 * rowStride : 0), row4 = source + (rows > 4 ? 4 * rowStride : 0);
        T* row5 = source + (rows > 5 ? 5 * rowStride : 0);
        nint lanes = Vector256<T>.Count, p = 0;
        for (; p <= k - lanes; p += lanes)
        {
            StoreTransposed6(
                Vector256.Load(source + p), Vector256.Load(row1 + p) & mask1, Vector256.Load(row2 + p) & mask2,
                Vector256.Load(row3 + p) & mask3, Vector256.Load(row4 + p) & mask4, Vector256.Load(row5 + p) & mask5,
                packed + (p * Rows));
        }

        if (p < k)
        {
            T* last = stackalloc T[Rows * Vector256<T>.Count];
            Vector256<T> tail = Lanes256.Mask<T>(k - p);
            StoreTransposed6(
                Lanes256.Load(source + p, tail), Lanes256.Load(row1 + p, tail) & mask1,
                Lanes256.Load(row2 + p, tail) & mask2, Lanes256.Load(row3 + p, tail) & mask3,
                Lanes256.Load(row4 + p, tail) & mask4, Lanes256.Load(row5 + p, tail) & mask5,
                last);
            Unsafe.CopyBlockUnaligned(packed + (p * Rows), last, (uint)((k - p) * Rows * sizeof(T)));
        }
    }

    /// <summary>Six rows of one vector, stored column after column: pairs of rows are interleaved, then pairs of
    /// pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreTransposed6<T>(
        Vector256<T> r0, Vector256<T> r1, Vector256<T> r2, Vector256<T> r3, Vector256<T> r4, Vector256<T> r5, T* packed)
        where T : unmanaged
    {
        Vector256<T> low01 = Lanes256.ZipLow(r0, r1), high01 = Lanes256.ZipHigh(r0, r1);
        Vector256<T> low23 = Lanes256.ZipLow(r2, r3), high23 = Lanes256.ZipHigh(r2, r3);
        Vector256<T> low45 = Lanes256.ZipLow(r4, r5), high45 = Lanes256.ZipHigh(r4, r5);
        Vector256<T> s0, s1, s2, s3, s4, s5;
        if (typeof(T) == typeof(float))
        {
            // Each 128-bit lane now holds two columns of each pair of rows; s0..s5 are its four columns in sequence.
            s0 = Lanes256.PairLow(low01, low23);
            s1 = Lanes256.PairLowHigh(low45, low01);
            s2 = Lanes256.PairHigh(low23, low45);
            s3 = Lanes256.PairLow(high01, high23);
            s4 = Lanes256.PairLowHigh(high45, high01);
            s5 = Lanes256.PairHigh(high23, high45);
        }
        else
        {
            // In doubles each lane holds one column of each pair of rows: already the sequence.
            (s0, s1, s2, s3, s4, s5) = (low01, low23, low45, high01, high23, high45);
        }

        nint lanes = Vector256<T>.Count;
        Lanes256.Lows(s0, s1).Store(packed);
        Lanes256.Lows(s2, s3).Store(packed + lanes);
        Lanes256.Lows(s4, s5).Store(packed + (2 * lanes));
        Lanes256.Highs(s0, s1).Store(packed + (3 * lanes));
        Lanes256.Highs(s2, s3).Store(packed + (4 * lanes));
        Lanes256.Highs(s4, s5).Store(packed + (5 * lanes));
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
            Vector256<T> low = Vector256.Load(from);
            Vector128<T> high = Vector128.Load(from + 4);
            low.Store(to);
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

        Vector256<T> mask = Lanes256.Mask<T>(rows);
        for (; k > 0; k--)
        {
            Vector256<T> low = Lanes256.Load(source, mask);
            if (typeof(T) == typeof(float))
            {
                low.GetLower().Store(packed);
                *(ulong*)(packed + 4) = low.AsUInt64()[2];
            }
            else
            {
                low.Store(packed);
                Lanes128.Load(source + 4, rows - 4).Store(packed + 4);
            }

            source += kStride;
            packed += Rows;
        }
    }
}
