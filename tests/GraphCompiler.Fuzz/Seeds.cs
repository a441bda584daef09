namespace GraphCompiler.Fuzz;

/// <summary>
/// Random numbers of a seed. What System.Random draws is linear in its seed, so that neighbours draw alike, and some
/// numbers of a hundred of them hardly differ; a seed is mixed first (the finaliser of SplitMix64: Steele, Lea, Flood,
/// 2014).
/// </summary>
internal static class Seeds
{
    /// <param name="seed">The number that is printed.</param>
    /// <param name="stream">Of several that one seed has.</param>
    public static System.Random Random(int seed, int stream = 0) =>
        new((int)(Mix(unchecked(((ulong)(uint)seed << 32) + (uint)stream)) & int.MaxValue));

    /// <summary>From 0 to 1, the same for equal values of one stream.</summary>
    public static double Fraction(int stream, double value) =>
        (Mix((ulong)BitConverter.DoubleToInt64Bits(value) ^ Mix((ulong)stream)) >> 11) * 1.1102230246251565e-16;

    private static ulong Mix(ulong x)
    {
        var z = unchecked(x + 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
