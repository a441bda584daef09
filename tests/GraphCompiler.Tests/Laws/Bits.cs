using System.Globalization;

namespace GraphCompiler.Tests.Laws;

/// <summary>Comparison to the bit, in which only the payload of NaN does not count.</summary>
internal static class Bits
{
    public static bool AreEqual(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));

    /// <summary>Null, or where and how two arrays first differ.</summary>
    public static string? FirstDifference(double[] actual, double[] expected)
    {
        if (actual.Length != expected.Length)
        {
            return $"{actual.Length} elements instead of {expected.Length}";
        }

        for (var i = 0; i < actual.Length; i++)
        {
            if (!AreEqual(actual[i], expected[i]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"element {i} is {actual[i]:R} instead of {expected[i]:R}");
            }
        }

        return null;
    }
}
