using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Random;

/// <summary>The inverse of the standard normal distribution function, with the same bits on every machine.</summary>
/// <remarks>
/// 1. Method: rational approximations in three ranges. M. J. Wichura: Algorithm AS 241: the percentage points of the
/// normal
///    distribution. Applied Statistics 37 (1988), routine PPND16, whose relative error is about 10⁻¹⁶ in exact
///    arithmetic.
/// 2. Only + − · / and √ are used, each correctly rounded by IEEE 754, and a logarithm of our own: a C library's
/// differs between
///    systems. Nothing is contracted into fused operations: C# does that only where it is asked to.
/// 3. Compiled with full optimisation at once: initial values are drawn by the hundred thousand in the first moments of
/// a process, before the JIT looks at what is called often.
/// 4. Against the same routine with a correctly rounded logarithm the error is a few ULP.
/// </remarks>
internal static class NormalQuantile
{
    private static ReadOnlySpan<double> CentreTop =>
    [
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0,
    ];

    private static ReadOnlySpan<double> CentreBottom =>
    [
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0,
    ];

    private static ReadOnlySpan<double> MiddleTop =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
        3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0,
    ];

    private static ReadOnlySpan<double> MiddleBottom =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0,
    ];

    private static ReadOnlySpan<double> TailTop =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0,
    ];

    private static ReadOnlySpan<double> TailBottom =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
    ];

    /// <summary>The z with Φ(z) = <paramref name="p"/>.</summary>
    /// <param name="p">In (0, 1), at least 2⁻⁵³ away from both ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var square = 0.180625 - q * q;
            return q * Polynomial(CentreTop, square) / Polynomial(CentreBottom, square);
        }

        var r = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        var z = r <= 5
            ? Polynomial(MiddleTop, r - 1.6) / Polynomial(MiddleBottom, r - 1.6)
            : Polynomial(TailTop, r - 5) / Polynomial(TailBottom, r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>
    /// Natural logarithm of a positive normal number, error below 2 ULP away from 1: x = m·2ᵉ with m in [√½, √2), and
    /// ln m = 2·artanh(s) = 2·(s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1), |s| ≤ 0.172, cut where a term falls below
    /// 2⁻⁵⁵.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Log(double x)
    {
        const double SqrtHalf = 0.70710678118654752440;
        const double Ln2 = 0.69314718055994530942;
        var bits = BitConverter.DoubleToUInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1022;
        var m = BitConverter.UInt64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000);
        if (m < SqrtHalf)
        {
            m *= 2;
            exponent--;
        }

        var s = (m - 1) / (m + 1);
        var square = s * s;
        var series = 0.0;
        for (var n = 21; n >= 3; n -= 2)
        {
            series = (series + 1.0 / n) * square;
        }

        return exponent * Ln2 + (2 * s + 2 * s * series);
    }

    // Highest power first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
        {
            sum = sum * x + coefficient;
        }

        return sum;
    }
}
