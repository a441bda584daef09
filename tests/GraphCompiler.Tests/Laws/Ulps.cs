using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>Distance in units of the last place of the expected value.</summary>
internal static class Ulps
{
    /// <summary>0 for equal bits and for two NaN, +∞ where one is NaN, or infinite, or a zero of the other sign and the other is not.</summary>
    public static double Distance(double actual, double expected, DType type)
    {
        expected = ValuesOf.Stored(type, expected) is var stored && (double.IsInfinity(stored) || expected == 0) ? stored : expected;
        if (Bits.AreEqual(actual, expected))
        {
            return 0;
        }

        return double.IsFinite(actual) && double.IsFinite(expected) && !(actual == 0 && expected == 0)
            ? Math.Abs(actual - expected) / Unit(expected, type)
            : double.PositiveInfinity;
    }

    /// <summary>The gap between neighbours at a value; that of the subnormals at 0 and below.</summary>
    public static double Unit(double value, DType type) => type switch
    {
        DType.Float32 => Math.ScaleB(1, Math.Max(value == 0 ? -149 : Math.ILogB(value) - 23, -149)),
        DType.Float64 => Math.ScaleB(1, Math.Max(value == 0 ? -1074 : Math.ILogB(value) - 52, -1074)),
        _ => 1,
    };
}
