using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Power, <c>x^y</c>.</summary>
    /// <param name="x">Base, any value.</param>
    /// <param name="y">Exponent, any value.</param>
    /// <returns>
    /// The special values of C and IEEE 754 <c>pow</c>: 1 for y = ±0 and for x = 1, NaN included, and for x = −1 with
    /// y = ±∞; NaN for finite x &lt; 0 with y no integer; x = ±0 and ±∞ give 0 or +∞ with the sign of x where y is an
    /// odd
    /// integer, and + elsewhere; NaN for any other NaN. Overflow gives ±∞, underflow subnormals and ±0.
    /// </returns>
    /// <remarks>Error at most 0.51 ULP: 2^(y·log₂ x) through <see cref="double"/> lanes. Not inlined.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        var low = PowMethod.Single<Lanes256<double, long>, Vector256<double>, Vector256<long>>(
            ToDoubleLow(x), ToDoubleLow(y));
        var high = PowMethod.Single<Lanes256<double, long>, Vector256<double>, Vector256<long>>(
            ToDoubleHigh(x), ToDoubleHigh(y));
        return ToSingle(low, high);
    }

    /// <summary>Power, <c>x^y</c>.</summary>
    /// <param name="x">Base, any value.</param>
    /// <param name="y">Exponent, any value.</param>
    /// <returns>As <see cref="Pow(Vector256{float}, Vector256{float})"/>.</returns>
    /// <remarks>Error at most 1.1 ULP: e^(y·ln x) with ln x in double-double (Dekker 1971). Not inlined.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> Pow(Vector256<double> x, Vector256<double> y) =>
        PowMethod.Double<Lanes256<double, long>, Vector256<double>, Vector256<long>>(x, y);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Pow(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        var low = PowMethod.Single<Lanes512<double, long>, Vector512<double>, Vector512<long>>(
            ToDoubleLow(x), ToDoubleLow(y));
        var high = PowMethod.Single<Lanes512<double, long>, Vector512<double>, Vector512<long>>(
            ToDoubleHigh(x), ToDoubleHigh(y));
        return ToSingle(low, high);
    }

    /// <inheritdoc cref="Vec256.Pow(Vector256{double}, Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y) =>
        PowMethod.Double<Lanes512<double, long>, Vector512<double>, Vector512<long>>(x, y);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Pow(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        var low = PowMethod.Single<Lanes128<double, long>, Vector128<double>, Vector128<long>>(
            ToDoubleLow(x), ToDoubleLow(y));
        var high = PowMethod.Single<Lanes128<double, long>, Vector128<double>, Vector128<long>>(
            ToDoubleHigh(x), ToDoubleHigh(y));
        return ToSingle(low, high);
    }

    /// <inheritdoc cref="Vec256.Pow(Vector256{double}, Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> Pow(Vector128<double> x, Vector128<double> y) =>
        PowMethod.Double<Lanes128<double, long>, Vector128<double>, Vector128<long>>(x, y);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Pow(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Pow(float x, float y) =>
        (float)PowMethod.Single<Lanes128<double, long>, Vector128<double>, Vector128<long>>(
            Vector128.Create((double)x), Vector128.Create((double)y)).ToScalar();

    /// <inheritdoc cref="Vec256.Pow(Vector256{double}, Vector256{double})"/>
    public static double Pow(double x, double y) =>
        Vec128.Pow(Vector128.Create(x), Vector128.Create(y)).ToScalar();
}

/// <summary>
/// |x|^y = e^(y·ln |x|), then the sign and the special cases. (1) ln |x| is −∞ at 0 and |x| itself at ∞ and NaN, so
/// that
/// the product with y and the exponential give the limits by themselves. (2) Only where |x| = 1 or y = 0 could the
/// product be 0·∞; it is 0 there. (3) A negative base needs an integer exponent and takes its sign from an odd one.
/// </summary>
internal static class PowMethod
{
    /// <summary>x^y for arguments that are <see cref="float"/> values; off by less than 2^−30 of itself, and beyond
    /// the range of <see cref="float"/> only on the right side of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x, V y)
        where L : ILanes<double, long, V, B>
    {
        var a = L.Abs(x);
        var f = LogMethod.Split<L, V, B>(a, out var k);
        var s = L.Divide(f, L.Add(f, 2.0));
        var z = L.Multiply(s, s);
        var p = L.Fma(z, 0.28292980970444032, 0.31990366648923108);
        p = L.Fma(p, z, 0.41220930077220697);
        p = L.Fma(p, z, 0.57707794189708028);
        p = L.Fma(p, z, 0.96179669411491309);
        p = L.Fma(p, z, 2.8853900817778491);
        var log2 = Limits<L, V, B>(L.Fma(p, s, k), a);

        var t = L.AndNot(L.Multiply(y, log2), IsOne<L, V, B>(a, y));
        t = L.AtMost(L.AtLeast(t, -200.0), 200.0);
        var shifted = L.Add(t, ExpMethod.ShifterDouble + 1023);
        var r = L.Subtract(t, L.Subtract(shifted, ExpMethod.ShifterDouble + 1023));
        p = L.Fma(r, 1.5314999841935109e-5, 0.00015467133427818195);
        p = L.Fma(p, r, 0.0013333430594130809);
        p = L.Fma(p, r, 0.0096180368466783385);
        p = L.Fma(p, r, 0.055504109627491797);
        p = L.Fma(p, r, 0.24022651076218313);
        p = L.Fma(p, r, 0.69314718054159974);
        p = L.Fma(p, r, 1.0);
        p = L.Multiply(p, L.AsReal(L.ShiftLeft(L.AsBits(shifted), 52)));
        return Signed<L, V, B>(p, x, y);
    }

    /// <summary>x^y with ln |x| as a sum of two: m = (1 + s) / (1 − s) and ln m = 2·s·(1 + z·(⅓ + z·q(z))), z = s²,
    /// where all but q, whose weight is below 2^−10, is computed in double-double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x, V y)
        where L : ILanes<double, long, V, B>
    {
        var a = L.Abs(x);
        var f = LogMethod.Split<L, V, B>(a, out var k);

        // s + sLow = f / (2 + f), the divisor being g + gLow.
        var g = L.Add(f, 2.0);
        var gLow = L.Subtract(f, L.Subtract(g, 2.0));
        var reciprocal = L.Divide(1.0, g);
        var s = L.Multiply(f, reciprocal);
        var product = L.Multiply(s, g);
        var rest = L.Subtract(L.Subtract(f, product), L.ProductError(s, g, product));
        rest = L.Subtract(rest, L.Multiply(s, gLow));
        var sLow = L.Multiply(rest, reciprocal);

        // z + zLow = s².
        var z = L.Multiply(s, s);
        var zLow = L.Fma(L.Add(s, s), sLow, L.ProductError(s, s, z));

        // w + wLow = z·(⅓ + z·q(z)).
        var q = L.Fma(z, 0.059859236756459953, 0.05838552876053394);
        q = L.Fma(q, z, 0.066680955448463822);
        q = L.Fma(q, z, 0.07692280299843271);
        q = L.Fma(q, z, 0.090909094036208157);
        q = L.Fma(q, z, 0.11111111109071167);
        q = L.Fma(q, z, 0.14285714285721043);
        q = L.Fma(q, z, 0.19999999999999993);
        q = L.Multiply(q, z);
        var third = L.Add(q, Third);
        var thirdLow = L.Subtract(q, L.Subtract(third, Third));
        thirdLow = L.Add(thirdLow, ThirdLow);
        var w = L.Multiply(z, third);
        var wLow = L.Fma(z, thirdLow, L.ProductError(z, third, w));
        wLow = L.Fma(zLow, third, wLow);

        // h + hLow = ln m / 2 = s + s·w.
        var u = L.Multiply(s, w);
        var uLow = L.Fma(s, wLow, L.ProductError(s, w, u));
        uLow = L.Fma(sLow, w, uLow);
        var h = L.Add(s, u);
        var hLow = L.Add(L.Subtract(u, L.Subtract(h, s)), L.Add(sLow, uLow));

        // log + logLow = k·ln 2 + 2·h; |k·ln 2| is above |2·h|, or 0.
        var kLn2 = L.Multiply(k, ExpMethod.Ln2HighDouble);
        h = L.Add(h, h);
        var log = L.Add(kLn2, h);
        var logLow = L.Add(L.Subtract(h, L.Subtract(log, kLn2)), L.Add(hLow, hLow));
        logLow = L.Fma(k, ExpMethod.Ln2LowDouble, logLow);
        log = Limits<L, V, B>(log, a);

        // t + tLow = y·(log + logLow). Far outside the range of e^t the low part is infinite or NaN, and never matters.
        var t = L.Multiply(y, log);
        var tLow = L.Fma(y, logLow, L.ProductError(y, log, t));
        var isOne = IsOne<L, V, B>(a, y);
        tLow = L.AndNot(L.And(tLow, L.LessThan(L.Abs(t), 1000.0)), isOne);
        t = L.AndNot(t, isOne);
        t = L.AtMost(L.AtLeast(t, -746.0), 710.0);
        return Signed<L, V, B>(ExpMethod.ClampedDouble<L, V, B>(t, tLow), x, y);
    }

    private const double Third = 0.33333333333333331;
    private const double ThirdLow = 1.8503717077085942e-17;

    /// <summary>The logarithm with its limits at a = 0, ∞ and NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Limits<L, V, B>(V log, V a)
        where L : ILanes<double, long, V, B>
    {
        log = L.Select(L.LessThan(a, double.PositiveInfinity), log, a);
        return L.Select(L.Equal(a, 0.0), double.NegativeInfinity, log);
    }

    /// <summary>Where |x|^y is 1 whatever the other argument is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V IsOne<L, V, B>(V a, V y)
        where L : ILanes<double, long, V, B>
        => L.Or(L.Equal(a, 1.0), L.Equal(y, 0.0));

    /// <summary>x^y from |x|^y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Signed<L, V, B>(V power, V x, V y)
        where L : ILanes<double, long, V, B>
    {
        var integer = L.Equal(L.Truncate(y), y);
        var half = L.Multiply(y, 0.5);
        var even = L.Equal(L.Truncate(half), half);
        var sign = L.And(L.AndNot(integer, even), L.And(x, -0.0));
        var negative = L.And(L.LessThan(x, 0.0), L.GreaterThan(x, double.NegativeInfinity));
        return L.Or(L.Or(power, sign), L.AndNot(negative, integer));
    }
}
