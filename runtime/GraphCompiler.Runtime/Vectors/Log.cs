using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Natural logarithm, <c>ln x</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>ln ±0 = −∞, NaN for x &lt; 0 and for NaN, ln +∞ = +∞, ln 1 = +0; subnormal x are exact inputs like any
    /// other.</returns>
    /// <remarks>Error at most 0.9 ULP, close to 1 included. x = 2^k·m with m in √½ … √2, minimax polynomial of degree
    /// 10 in m − 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) =>
        LogMethod.Single<Lanes256<float, int>, Vector256<float>, Vector256<int>>(x);

    /// <summary>Natural logarithm, <c>ln x</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>ln ±0 = −∞, NaN for x &lt; 0 and for NaN, ln +∞ = +∞, ln 1 = +0; subnormal x are exact inputs like any
    /// other.</returns>
    /// <remarks>Error at most 0.9 ULP, close to 1 included. x = 2^k·m with m in √½ … √2, ln m by the odd series in
    /// (m − 1) / (m + 1), as minimax polynomial (P. T. P. Tang, ACM TOMS 16, 1990; one division).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x) =>
        LogMethod.Double<Lanes256<double, long>, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Log(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) =>
        LogMethod.Single<Lanes512<float, int>, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Log(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) =>
        LogMethod.Double<Lanes512<double, long>, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Log(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) =>
        LogMethod.Single<Lanes128<float, int>, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Log(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> x) =>
        LogMethod.Double<Lanes128<double, long>, Vector128<double>, Vector128<long>>(x);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Log(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Vec128.Log(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vec256.Log(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x) => Vec128.Log(Vector128.Create(x)).ToScalar();
}

/// <summary>
/// ln x = k·ln 2 + ln m for x = 2^k·m, m in √½ … √2. (1) Subnormal x are scaled up by a power of two. (2) Adding
/// one − √½ to the bits carries into the exponent exactly when the significand is above √2; the exponent field is then
/// k
/// with its bias, read as a real by placing it in the low bits of a power of two. (3) f = m − 1 is exact. (4) The terms
/// are added from the smallest up, with ln 2 in two parts. (5) Zero, negatives, infinity and NaN are put in at the end.
/// </summary>
internal static class LogMethod
{
    private const float MinNormal = 1.17549435e-38f;
    private const double MinNormalDouble = 2.2250738585072014e-308;
    private const int SqrtHalfBits = 0x3F3504F3;
    private const int OneToSqrtHalf = 0x3F800000 - SqrtHalfBits;
    private const long SqrtHalfBitsDouble = 0x3FE6A09E667F3BCD;
    private const long OneToSqrtHalfDouble = 0x3FF0000000000000 - SqrtHalfBitsDouble;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x)
        where L : ILanes<float, int, V, B>
    {
        var tiny = L.LessThan(x, MinNormal);
        var scaled = L.Select(tiny, L.Multiply(x, 8388608f), x);
        var bias = L.Select(tiny, 8388608f + 127f + 23f, 8388608f + 127f);
        var bits = L.Add(L.AsBits(scaled), OneToSqrtHalf);
        var k = L.Subtract(L.AsReal(L.Or(L.ShiftRight(bits, 23), 0x4B000000)), bias);
        var f = L.Subtract(L.AsReal(L.Add(L.And(bits, 0x007FFFFF), SqrtHalfBits)), 1f);

        var p = L.Fma(f, -0.0786017179f, 0.128813714f);
        p = L.Fma(p, f, -0.131283998f);
        p = L.Fma(p, f, 0.14181219f);
        p = L.Fma(p, f, -0.166245967f);
        p = L.Fma(p, f, 0.200022861f);
        p = L.Fma(p, f, -0.250008076f);
        p = L.Fma(p, f, 0.333333164f);

        var f2 = L.Multiply(f, f);
        var low = L.Multiply(k, ExpMethod.Ln2Low);
        p = L.Multiply(p, f);
        p = L.Fma(p, f2, low);
        p = L.Fma(f2, -0.5f, p);
        p = L.Add(f, p);
        p = L.Fma(k, ExpMethod.Ln2High, p);

        var outside = L.Select(L.Equal(x, 0f), float.NegativeInfinity, float.NaN);
        p = L.Select(L.GreaterThan(x, 0f), p, outside);
        return L.Select(L.Equal(x, float.PositiveInfinity), x, p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : ILanes<double, long, V, B>
    {
        var f = Split<L, V, B>(x, out var k);

        var s = L.Divide(f, L.Add(f, 2.0));
        var z = L.Multiply(s, s);
        var p = L.Fma(z, 0.14789505839444433, 0.15314759744591105);
        p = L.Fma(p, z, 0.18183533473670796);
        p = L.Fma(p, z, 0.22222199243935511);
        p = L.Fma(p, z, 0.2857142873483608);
        p = L.Fma(p, z, 0.39999999999455327);
        p = L.Fma(p, z, 0.66666666666667262);

        // ln(1 + f) = f − (f²/2 − s·(f²/2 + z·p)), which spares the rounding error of s its factor 2.
        var half = L.Multiply(L.Multiply(f, f), 0.5);
        p = L.Fma(p, z, half);
        p = L.Fma(p, s, L.Multiply(k, ExpMethod.Ln2LowDouble));
        p = L.Subtract(p, half);
        p = L.Add(f, p);
        p = L.Fma(k, ExpMethod.Ln2HighDouble, p);

        var outside = L.Select(L.Equal(x, 0.0), double.NegativeInfinity, double.NaN);
        p = L.Select(L.GreaterThan(x, 0.0), p, outside);
        return L.Select(L.Equal(x, double.PositiveInfinity), x, p);
    }

    /// <summary>f = m − 1 and k of x = 2^k·m, m in √½ … √2, for positive finite x; anything for other x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Split<L, V, B>(V x, out V k)
        where L : ILanes<double, long, V, B>
    {
        var tiny = L.LessThan(x, MinNormalDouble);
        var scaled = L.Select(tiny, L.Multiply(x, 4503599627370496.0), x);
        var bias = L.Select(tiny, 4503599627370496.0 + 1023.0 + 52.0, 4503599627370496.0 + 1023.0);
        var bits = L.Add(L.AsBits(scaled), OneToSqrtHalfDouble);
        k = L.Subtract(L.AsReal(L.Or(L.ShiftRight(bits, 52), 0x4330000000000000)), bias);
        bits = L.Add(L.And(bits, 0x000FFFFFFFFFFFFF), SqrtHalfBitsDouble);
        return L.Subtract(L.AsReal(bits), 1.0);
    }
}
