using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tests.Support;

/// <summary>Distances in units of the last place.</summary>
internal static class Ulp
{
    /// <summary>What the documented error bounds of vector math grow by on a processor without FMA.</summary>
    public static double WithoutFma => Fma.IsSupported || AdvSimd.IsSupported ? 0 : 0.6;

    /// <summary>How far a computed float is from a value known to double precision, in units of the last place of the
    /// value: 2^−149 for subnormals; infinity is right from where rounding to nearest gives it.</summary>
    /// <param name="computed">The computed value.</param>
    /// <param name="exact">The exact one.</param>
    /// <param name="leastExponent">Values below 2 to this count in the units that are used there.</param>
    public static double Distance(float computed, double exact, int leastExponent = -126)
    {
        if (double.IsNaN(exact) || float.IsNaN(computed))
        {
            return double.IsNaN(exact) && float.IsNaN(computed) ? 0 : double.PositiveInfinity;
        }

        if (float.IsInfinity(computed) || double.IsInfinity(exact))
        {
            return computed == (float)exact ? 0 : double.PositiveInfinity;
        }

        var exponent = exact == 0 ? leastExponent : Math.Max(Math.ILogB(exact), leastExponent);
        return Math.Abs(Math.ScaleB(computed - exact, 23 - exponent));
    }

    /// <summary>Whether two values have the same bits, all NaN counting as one.</summary>
    public static bool SameBits(float a, float b) =>
        BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));

    /// <inheritdoc cref="SameBits(float, float)"/>
    public static bool SameBits(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}
