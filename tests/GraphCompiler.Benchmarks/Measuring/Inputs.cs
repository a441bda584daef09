namespace GraphCompiler.Benchmarks.Measuring;

/// <summary>Values that any other program can make as well, so that results can be compared with it.</summary>
internal static class Inputs
{
    /// <summary>
    /// <c>values[i] = scale · value(seed, i) + offset</c>, with value a hash of the index in [−0.5, 0.5), rounded to
    /// float32 before it is scaled.
    /// </summary>
    public static void Fill(Span<float> values, uint seed, float scale = 1, float offset = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var h = unchecked((uint)i + seed * 0x9E3779B9);
            h ^= h >> 16;
            h = unchecked(h * 0x7FEB352D);
            h ^= h >> 15;
            h = unchecked(h * 0x846CA68B);
            h ^= h >> 16;
            values[i] = (scale * (float)(h / 4294967296.0 - 0.5)) + offset;
        }
    }

    /// <summary>The sum of squares, in double.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
