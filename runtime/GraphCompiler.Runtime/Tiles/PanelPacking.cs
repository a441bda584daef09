using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Tiles;

/// <summary>Packing for any strides: the layout's definition, and what neither unit stride allows to
/// vectorise.</summary>
internal static class PanelPacking
{
    /// <summary>Panel after panel, for each p the <paramref name="width"/> elements of the panel, +0 beyond
    /// <paramref name="extent"/>.</summary>
    /// <param name="source">First element.</param>
    /// <param name="stride">Elements from one row (of A) or column (of B) to the next.</param>
    /// <param name="kStride">Elements from one p to the next.</param>
    /// <param name="extent">Rows or columns.</param>
    /// <param name="k">Length of the contracted axis.</param>
    /// <param name="width">Rows or columns of a panel.</param>
    /// <param name="packed">⌈extent / width⌉ · k · width elements, all written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Pack<T>(T* source, nint stride, nint kStride, nint extent, nint k, nint width, T* packed)
        where T : unmanaged
    {
        for (nint first = 0; first < extent; first += width)
        {
            nint valid = nint.Min(width, extent - first);
            for (nint p = 0; p < k; p++)
            {
                T* element = source + (first * stride) + (p * kStride);
                nint lane = 0;
                for (; lane < valid; lane++)
                {
                    packed[lane] = element[lane * stride];
                }

                for (; lane < width; lane++)
                {
                    packed[lane] = default;
                }

                packed += width;
            }
        }
    }
}
