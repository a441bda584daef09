namespace GraphCompiler.Runtime.State;

/// <summary>
/// How many inputs feed one output of a layer, and how many outputs one input feeds; each at least 1.
/// </summary>
internal readonly record struct Fans(double In, double Out)
{
    /// <summary>
    /// <c>[…, in, out]</c> with the leading extents as receptive field; <c>[n]</c>: n and n; a scalar: 1 and 1.
    /// </summary>
    public static Fans Of(ReadOnlySpan<long> shape)
    {
        if (shape.Length < 2)
        {
            var n = shape.Length == 0 ? 1.0 : Math.Max(1, shape[0]);
            return new Fans(n, n);
        }

        var field = 1.0;
        foreach (var extent in shape[..^2])
        {
            field *= extent;
        }

        // An empty variable has no element to ask for, but its fans are divided by.
        return new Fans(Math.Max(1, field * shape[^2]), Math.Max(1, field * shape[^1]));
    }
}
