namespace GraphCompiler.Shapes;

/// <summary>
/// NumPy's broadcasting: shapes are aligned at the last axis, an extent of 1 stretches, missing leading axes are 1.
/// </summary>
internal static class Broadcasting
{
    /// <summary>The common shape, or false when two extents differ and neither is 1.</summary>
    public static bool TryCombine(Shape left, Shape right, out Shape result)
    {
        if (left == right)
        {
            result = left;
            return true;
        }

        var rank = Math.Max(left.Rank, right.Rank);
        var dims = new Dim[rank];
        for (var i = 1; i <= rank; i++)
        {
            var l = i <= left.Rank ? left[^i] : 1;
            var r = i <= right.Rank ? right[^i] : 1;
            if (l != r && l != 1 && r != 1)
            {
                result = default;
                return false;
            }

            dims[^i] = l == 1 ? r : l;
        }

        result = Shape.Create(dims);
        return true;
    }

    /// <summary>The common shape of all inputs, or GRC0101.</summary>
    public static Shape Combine(InferScope s)
    {
        var shape = s[0].Shape;
        for (var i = 1; i < s.Count; i++)
        {
            if (!TryCombine(shape, s[i].Shape, out shape))
            {
                throw s.Error("GRC0101", "shapes that broadcast (equal extents, or 1, aligned at the last axis)", s.Facts());
            }
        }

        return shape;
    }
}
