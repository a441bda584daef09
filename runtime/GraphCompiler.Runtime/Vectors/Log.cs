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
        LogMethod.Single<Lanes256Single, Vector256<float>, Vector256<int>>(x);

    /// <summary>Natural logarithm, <c>ln x</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>ln ±0 = −∞, NaN for x &lt; 0 and for NaN, ln +∞ = +∞, ln 1 = +0; subnormal x are exact inputs like any
    /// other.</returns>
    /// <remarks>Error at most 0.9 ULP, close to 1 included. x = 2^k·m with m in √½ … √2, ln m by the odd series in
    /// (m − 1) / (m + 1), as minimax polynomial (P. T. P. Tang, ACM TOMS 16, 1990; one division).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x) =>
        LogMethod.Double<Lanes256Double, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Log(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) =>
        LogMethod.Single<Lanes512Single, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Log(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) =>
        LogMethod.Double<Lanes512Double, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Log(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) =>
        LogMethod.Single<Lanes128Single, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Log(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> x) =>
        LogMethod.Double<Lanes128Double, Vector128<double>, Vector128<long>>(x);
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
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var tiny = op.LessThan(x, MinNormal);
        var scaled = op.Select(tiny, op.Multiply(x, 8388608f), x);
        var bias = op.Select(tiny, 8388608f + 127f + 23f, 8388608f + 127f);
        var bits = op.Add(op.AsBits(scaled), OneToSqrtHalf);
        var k = op.Subtract(op.AsReal(op.Or(op.ShiftRight(bits, 23), 0x4B000000)), bias);
        var f = op.Subtract(op.AsReal(op.Add(op.And(bits, 0x007FFFFF), SqrtHalfBits)), 1f);

        var p = op.Fma(f, -0.0786017179f, 0.128813714f);
        p = op.Fma(p, f, -0.131283998f);
        p = op.Fma(p, f, 0.14181219f);
        p = op.Fma(p, f, -0.166245967f);
        p = op.Fma(p, f, 0.200022861f);
        p = op.Fma(p, f, -0.250008076f);
        p = op.Fma(p, f, 0.333333164f);

        var f2 = op.Multiply(f, f);
        var low = op.Multiply(k, ExpMethod.Ln2Low);
        p = op.Multiply(p, f);
        p = op.Fma(p, f2, low);
        p = op.Fma(f2, -0.5f, p);
        p = op.Add(f, p);
        p = op.Fma(k, ExpMethod.Ln2High, p);

        var outside = op.Select(op.Equal(x, 0f), float.NegativeInfinity, float.NaN);
        p = op.Select(op.GreaterThan(x, 0f), p, outside);
        return op.Select(op.Equal(x, float.PositiveInfinity), x, p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var f = Split<L, V, B>(x, out var k);

        var s = op.Divide(f, op.Add(f, 2.0));
        var z = op.Multiply(s, s);
        var p = op.Fma(z, 0.14789505839444433, 0.15314759744591105);
        p = op.Fma(p, z, 0.18183533473670796);
        p = op.Fma(p, z, 0.22222199243935511);
        p = op.Fma(p, z, 0.2857142873483608);
        p = op.Fma(p, z, 0.39999999999455327);
        p = op.Fma(p, z, 0.66666666666667262);

        // ln(1 + f) = f − (f²/2 − s·(f²/2 + z·p)), which spares the rounding error of s its factor 2.
        var half = op.Multiply(op.Multiply(f, f), 0.5);
        p = op.Fma(p, z, half);
        p = op.Fma(p, s, op.Multiply(k, ExpMethod.Ln2LowDouble));
        p = op.Subtract(p, half);
        p = op.Add(f, p);
        p = op.Fma(k, ExpMethod.Ln2HighDouble, p);

        var outside = op.Select(op.Equal(x, 0.0), double.NegativeInfinity, double.NaN);
        p = op.Select(op.GreaterThan(x, 0.0), p, outside);
        return op.Select(op.Equal(x, double.PositiveInfinity), x, p);
    }

    /// <summary>f = m − 1 and k of x = 2^k·m, m in √½ … √2, for positive finite x; anything for other x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Split<L, V, B>(V x, out V k)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var tiny = op.LessThan(x, MinNormalDouble);
        var scaled = op.Select(tiny, op.Multiply(x, 4503599627370496.0), x);
        var bias = op.Select(tiny, 4503599627370496.0 + 1023.0 + 52.0, 4503599627370496.0 + 1023.0);
        var bits = op.Add(op.AsBits(scaled), OneToSqrtHalfDouble);
        k = op.Subtract(op.AsReal(op.Or(op.ShiftRight(bits, 52), 0x4330000000000000)), bias);
        bits = op.Add(op.And(bits, 0x000FFFFFFFFFFFFF), SqrtHalfBitsDouble);
        return op.Subtract(op.AsReal(bits), 1.0);
    }
}
