using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile512
{
    /// <summary>Packs A (rows × k, any strides) into panels of <see cref="Rows"/> rows: packed[(panel·k + p)·14 + i] =
    /// source[(14·panel + i)·rowStride + p·kStride].</summary>
    /// <param name="source">First element of A; it is read at the addresses of the formula and nowhere else.</param>
    /// <param name="rowStride">Elements from one row to the next; any value, also 0.</param>
    /// <param name="kStride">Elements from one p to the next; any value, also 0.</param>
    /// <param name="rows">Rows of A; 0 writes nothing.</param>
    /// <param name="k">Length of the contracted axis; 0 writes nothing.</param>
    /// <param name="packed">⌈rows / 14⌉ · k · 14 elements, all written, +0 in the rows beyond the last; must not overlap
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
            PackRowsAcross(source, kStride, rows, k, packed);
        }
        else
        {
            PanelPacking.Pack(source, rowStride, kStride, rows, k, Rows, packed);
        }
    }

    /// <summary>One panel whose rows are contiguous along k; in doubles it is two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackRowsAlongK<T>(T* source, nint rowStride, nint rows, nint k, T* packed)
        where T : unmanaged
    {
        nint lanes = Vector512<T>.Count;
        for (nint row = 0; row < Rows; row += lanes)
        {
            nint lines = nint.Clamp(rows - row, 0, lanes);
            Transpose(
                source + (lines > 0 ? row * rowStride : 0), rowStride, lines, k, packed + row, Rows,
                nint.Min(lanes, Rows - row));
        }
    }

    /// <summary>Panels whose rows are contiguous at each p: a few p of every panel in turn, so that a line of the source
    /// is used up while it is in cache, however far apart the p lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackRowsAcross<T>(T* source, nint kStride, nint rows, nint k, T* packed)
        where T : unmanaged
    {
        const int Block = 8;
        nint lanes = Vector512<T>.Count;
        Vector512<T> first = Lanes512.Mask<T>(Rows), second = Lanes512.Mask<T>(Rows - lanes);
        for (nint p0 = 0; p0 < k; p0 += Block)
        {
            nint end = nint.Min(k, p0 + Block);
            for (nint row = 0; row < rows; row += Rows)
            {
                Vector512<T> valid0 = Lanes512.Mask<T>(nint.Min(Rows, rows - row));
                Vector512<T> valid1 = Lanes512.Mask<T>(nint.Min(Rows, rows - row) - lanes);
                for (nint p = p0; p < end; p++)
                {
                    T* from = source + (p * kStride) + row, to = packed + (row * k) + (p * Rows);
                    Lanes512.Store(Lanes512.Load(from, valid0), to, first);
                    if (typeof(T) == typeof(double))
                    {
                        Lanes512.Store(Lanes512.Load(from + lanes, valid1), to + lanes, second);
                    }
                }
            }
        }
    }
}
