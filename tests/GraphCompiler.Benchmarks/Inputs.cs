namespace GraphCompiler.Benchmarks;

/// <summary>Deterministic values in [−0.5, 0.5).</summary>
internal static class Inputs
{
    public static void Fill(Span<float> values, uint seed)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var h = unchecked((uint)i + (seed * 0x9E3779B9));
            h ^= h >> 16;
            h = unchecked(h * 0x7FEB352D);
            h ^= h >> 15;
            h = unchecked(h * 0x846CA68B);
            h ^= h >> 16;
            values[i] = (float)((h / 4294967296.0) - 0.5);
        }
    }
}
