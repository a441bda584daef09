using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile512
{
    /// <summary>Up to one vector of lines, each contiguous along k, to one vector for each p: packed[p·width + lane] =
    /// source[lane·stride + p], in order of p, <paramref name="write"/> lanes each, +0 from <paramref name="lines"/>
    /// on.</summary>
    /// <remarks>Four lines a quarter of a vector apart are loaded side by side, so that transposing within 128 bits is
    /// all that is left to do: the arithmetic pipes share the inserts, and the one pipe that crosses lanes is not
    /// needed.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Transpose<T>(
        T* source, nint stride, nint lines, nint k, T* packed, nint width, nint write)
        where T : unmanaged
    {
        // A missing line reads line 0, and its lane is cleared as bits: neither a NaN nor a foreign address gets in.
        Vector512<T> valid = Lanes512.Mask<T>(lines), written = Lanes512.Mask<T>(write);
        bool isFull = lines >= Vector512<T>.Count && write >= Vector512<T>.Count;
        nint group = Vector128<T>.Count, p = 0;
        T** line = stackalloc T*[16];
        for (nint i = 0; i < 16; i++)
        {
            line[i] = source + (i < lines ? i * stride : 0);
        }

        if (typeof(T) == typeof(float) && lines > 12)
        {
            p = Transpose12(source, stride, line, k, packed, width, valid, written, isFull);
        }

        for (; p < k; p += group)
        {
            nint left = nint.Min(group, k - p);
            Vector512<T> r0 = Quarters(line, 0, group, p, left), r1 = Quarters(line, 1, group, p, left);
            T* to = packed + (p * width);
            if (typeof(T) == typeof(double))
            {
                StoreLanes(Lanes512.PairLow(r0, r1), to, valid, written, isFull);
                if (left > 1)
                {
                    StoreLanes(Lanes512.PairHigh(r0, r1), to + width, valid, written, isFull);
                }

                continue;
            }

            Vector512<T> r2 = Quarters(line, 2, group, p, left), r3 = Quarters(line, 3, group, p, left);
            Vector512<T> low01 = Lanes512.ZipLow(r0, r1), low23 = Lanes512.ZipLow(r2, r3);
            Vector512<T> high01 = Lanes512.ZipHigh(r0, r1), high23 = Lanes512.ZipHigh(r2, r3);
            StoreLanes(Lanes512.PairLow(low01, low23), to, valid, written, isFull);
            if (left > 1)
            {
                StoreLanes(Lanes512.PairHigh(low01, low23), to + width, valid, written, isFull);
            }

            if (left > 2)
            {
                StoreLanes(Lanes512.PairLow(high01, high23), to + (2 * width), valid, written, isFull);
            }

            if (left > 3)
            {
                StoreLanes(Lanes512.PairHigh(high01, high23), to + (3 * width), valid, written, isFull);
            }
        }
    }

    /// <summary>The groups of four p of 13 to 16 lines of float32: nearly all the work. Only the last four lines may be
    /// missing, so the others need no pointers of their own.</summary>
    /// <returns>The first p that is left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe nint Transpose12<T>(
        T* source, nint stride, T** line, nint k, T* packed, nint width, Vector512<T> valid, Vector512<T> written,
        bool isFull)
        where T : unmanaged
    {
        T* l0 = source, l1 = source + stride, l2 = l1 + stride, l3 = l2 + stride;
        T* l12 = line[12], l13 = line[13], l14 = line[14], l15 = line[15];
        nint s4 = 4 * stride, s8 = 8 * stride, p = 0;
        for (; p <= k - 4; p += 4)
        {
            Vector512<T> r0 = Quarters(l0 + p, l0 + s4 + p, l0 + s8 + p, l12 + p);
            Vector512<T> r1 = Quarters(l1 + p, l1 + s4 + p, l1 + s8 + p, l13 + p);
            Vector512<T> r2 = Quarters(l2 + p, l2 + s4 + p, l2 + s8 + p, l14 + p);
            Vector512<T> r3 = Quarters(l3 + p, l3 + s4 + p, l3 + s8 + p, l15 + p);
            Vector512<T> low01 = Lanes512.ZipLow(r0, r1), low23 = Lanes512.ZipLow(r2, r3);
            Vector512<T> high01 = Lanes512.ZipHigh(r0, r1), high23 = Lanes512.ZipHigh(r2, r3);
            StoreLanes(Lanes512.PairLow(low01, low23), packed, valid, written, isFull);
            StoreLanes(Lanes512.PairHigh(low01, low23), packed + width, valid, written, isFull);
            StoreLanes(Lanes512.PairLow(high01, high23), packed + (2 * width), valid, written, isFull);
            StoreLanes(Lanes512.PairHigh(high01, high23), packed + (3 * width), valid, written, isFull);
            packed += 4 * width;
        }

        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<T> Quarters<T>(T* a, T* b, T* c, T* d)
        where T : unmanaged =>
        Lanes512.Quarters(Vector128.Load(a), Vector128.Load(b), Vector128.Load(c), Vector128.Load(d));

    /// <summary>128 bits each of lines <paramref name="first"/>, first + step, first + 2·step and first + 3·step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<T> Quarters<T>(T** line, nint first, nint step, nint p, nint left)
        where T : unmanaged =>
        left >= Vector128<T>.Count
            ? Quarters(line[first] + p, line[first + step] + p, line[first + (2 * step)] + p, line[first + (3 * step)] + p)
            : Lanes512.Quarters(
                Lanes128.Load(line[first] + p, left), Lanes128.Load(line[first + step] + p, left),
                Lanes128.Load(line[first + (2 * step)] + p, left), Lanes128.Load(line[first + (3 * step)] + p, left));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreLanes<T>(
        Vector512<T> value, T* target, Vector512<T> valid, Vector512<T> written, bool isFull)
        where T : unmanaged
    {
        if (isFull)
        {
            value.Store(target);
        }
        else
        {
            Lanes512.Store(value & valid, target, written);
        }
    }
}
