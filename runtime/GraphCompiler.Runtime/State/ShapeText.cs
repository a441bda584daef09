using System.Collections.Immutable;

namespace GraphCompiler.Runtime.State;

/// <summary>Shapes in messages, and their sizes.</summary>
internal static class ShapeText
{
    /// <summary><c>[2, 3]</c>; <c>[]</c> for a scalar.</summary>
    public static string Of(ImmutableArray<long> shape) =>
        shape.IsDefault ? "without a shape" : $"[{string.Join(", ", shape)}]";

    /// <summary>The bytes of a tensor; false when an extent is negative or the product does not fit.</summary>
    /// <remarks>
    /// The product of the extents is tested without the zeros: a tensor with a zero among huge extents is rejected too.
    /// </remarks>
    public static bool TryBytes(ReadOnlySpan<long> shape, int elementSize, out long elements, out long bytes)
    {
        long product = elementSize;
        var empty = false;
        elements = 0;
        bytes = 0;
        foreach (var extent in shape)
        {
            if (extent < 0)
            {
                return false;
            }

            empty |= extent == 0;
            if (product > long.MaxValue / Math.Max(extent, 1))
            {
                return false;
            }

            product *= Math.Max(extent, 1);
        }

        bytes = empty ? 0 : product;
        elements = bytes / elementSize;
        return true;
    }
}
