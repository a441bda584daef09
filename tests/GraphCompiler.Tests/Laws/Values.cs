using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// What a leaf of a sample holds: element <paramref name="i"/> of <paramref name="count"/>, as its type stores it. Every leaf has a number,
/// so that two leaves of a sample hold different values; there is no other randomness, hence no seed to print.
/// </summary>
internal delegate double Values(DType type, int leaf, long i, long count);

/// <summary>The sources of values that families of samples use.</summary>
internal static class ValuesOf
{
    private static readonly double[] Common =
    [
        0.0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    private static readonly double[] Single =
    [
        float.Epsilon, -float.Epsilon, 1.1754942e-38f, 1.17549435e-38f, float.MaxValue, float.MinValue, 88.7f, -104f, 16777217f, 0.1f,
    ];

    private static readonly double[] Double =
    [
        double.Epsilon, -double.Epsilon, 2.225073858507201e-308, 2.2250738585072014e-308, double.MaxValue, double.MinValue, 709.7, -745.2, 0.1, 1e-20,
    ];

    private static readonly double[] Integers = [0, 1, -1, 2, -2, 7, -9, 46341, -65536, int.MaxValue, int.MinValue, int.MinValue + 1];

    /// <summary>NaN, infinities, both zeros, subnormals, limits and a few ordinary numbers; for int32 the limits of the type.</summary>
    public static double[] Specials(DType type) => type switch
    {
        DType.Float32 => [.. Common, .. Single],
        DType.Float64 => [.. Common, .. Double],
        DType.Bool => [0, 1],
        _ => Integers,
    };

    /// <summary>All special values of the type in turn.</summary>
    public static Values Special { get; } = static (type, leaf, i, _) => Cycle(Specials(type), i + (leaf * 5));

    /// <summary>Truth values in no obvious order.</summary>
    public static Values Bools { get; } = static (_, leaf, i, _) => Hash(leaf, i) % 2;

    /// <summary>
    /// Numbers between two bounds on a grid that is shifted for each leaf: values of two leaves never come closer than 1/128 of the
    /// range, and none comes closer than 1/256 to the middle or an end. So no finite difference steps over a kink at either.
    /// </summary>
    public static Values Between(double from, double to) => (type, leaf, i, _) =>
    {
        var step = (to - from) / 32;
        var value = from + (step * ((Hash(leaf, i) % 32) + (((2 * (leaf % 4)) + 1) / 8.0)));
        return Stored(type, type == DType.Int32 ? Math.Floor(value * 4) : value);
    };

    /// <summary>As <see cref="Between"/>, but no two elements of a leaf come closer than the range over their count.</summary>
    public static Values Distinct(double from, double to) => (type, leaf, i, count) =>
    {
        var rank = ((i * Coprime(count)) + leaf) % count;
        return type == DType.Int32 ? rank - (count / 2) : Stored(type, from + ((to - from) * (rank + 0.5 + (leaf * 0.125)) / count));
    };

    /// <summary>Integers in [from, to), in no obvious order, repeats included.</summary>
    public static Values Indices(int from, int to) => (_, leaf, i, _) => from + (double)(Hash(leaf, i) % (ulong)(to - from));

    /// <summary>The given values in turn.</summary>
    public static Values Listed(params double[] values) => (type, _, i, _) => Stored(type, Cycle(values, i));

    /// <summary>What memory holds after a value is written to it.</summary>
    public static double Stored(DType type, double value) => type == DType.Float32 ? (float)value : value;

    private static double Cycle(double[] values, long i) => values[i % values.Length];

    private static long Coprime(long count) => new[] { 7, 5, 3, 11, 1 }.First(p => count % p != 0 || p == 1);

    // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    private static ulong Hash(int leaf, long i)
    {
        var z = unchecked(((ulong)leaf * 0xD1342543DE82EF95UL) + ((ulong)i * 0x9E3779B97F4A7C15UL) + 0x632BE59BD9B4E019UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
