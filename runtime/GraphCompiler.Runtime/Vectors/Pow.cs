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
        var low = PowMethod.Single<Lanes256Double, Vector256<double>, Vector256<long>>(
            ToDoubleLow(x), ToDoubleLow(y));
        var high = PowMethod.Single<Lanes256Double, Vector256<double>, Vector256<long>>(
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
        PowMethod.Double<Lanes256Double, Vector256<double>, Vector256<long>>(x, y);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Pow(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        var low = PowMethod.Single<Lanes512Double, Vector512<double>, Vector512<long>>(
            ToDoubleLow(x), ToDoubleLow(y));
        var high = PowMethod.Single<Lanes512Double, Vector512<double>, Vector512<long>>(
            ToDoubleHigh(x), ToDoubleHigh(y));
        return ToSingle(low, high);
    }

    /// <inheritdoc cref="Vec256.Pow(Vector256{double}, Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y) =>
        PowMethod.Double<Lanes512Double, Vector512<double>, Vector512<long>>(x, y);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Pow(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        var low = PowMethod.Single<Lanes128Double, Vector128<double>, Vector128<long>>(
            ToDoubleLow(x), ToDoubleLow(y));
        var high = PowMethod.Single<Lanes128Double, Vector128<double>, Vector128<long>>(
            ToDoubleHigh(x), ToDoubleHigh(y));
        return ToSingle(low, high);
    }

    /// <inheritdoc cref="Vec256.Pow(Vector256{double}, Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> Pow(Vector128<double> x, Vector128<double> y) =>
        PowMethod.Double<Lanes128Double, Vector128<double>, Vector128<long>>(x, y);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Pow(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Pow(float x, float y) =>
        (float)PowMethod.Single<Lanes128Double, Vector128<double>, Vector128<long>>(
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
        where L : struct, IDoubleLanes<V, B>
    {
        var op = default(L);
        var a = op.Abs(x);
        var f = LogMethod.Split<L, V, B>(a, out var k);
        var s = op.Divide(f, op.Add(f, 2.0));
        var z = op.Multiply(s, s);
        var p = op.Fma(z, 0.28292980970444032, 0.31990366648923108);
        p = op.Fma(p, z, 0.41220930077220697);
        p = op.Fma(p, z, 0.57707794189708028);
        p = op.Fma(p, z, 0.96179669411491309);
        p = op.Fma(p, z, 2.8853900817778491);
        var log2 = Limits<L, V, B>(op.Fma(p, s, k), a);

        var t = op.AndNot(op.Multiply(y, log2), IsOne<L, V, B>(a, y));
        t = op.AtMost(op.AtLeast(t, -200.0), 200.0);
        var shifted = op.Add(t, ExpMethod.ShifterDouble + 1023);
        var r = op.Subtract(t, op.Subtract(shifted, ExpMethod.ShifterDouble + 1023));
        p = op.Fma(r, 1.5314999841935109e-5, 0.00015467133427818195);
        p = op.Fma(p, r, 0.0013333430594130809);
        p = op.Fma(p, r, 0.0096180368466783385);
        p = op.Fma(p, r, 0.055504109627491797);
        p = op.Fma(p, r, 0.24022651076218313);
        p = op.Fma(p, r, 0.69314718054159974);
        p = op.Fma(p, r, 1.0);
        p = op.Multiply(p, op.AsReal(op.ShiftLeft(op.AsBits(shifted), 52)));
        return Signed<L, V, B>(p, x, y);
    }

    /// <summary>x^y with ln |x| as a sum of two: m = (1 + s) / (1 − s) and ln m = 2·s·(1 + z·(⅓ + z·q(z))), z = s²,
    /// where all but q, whose weight is below 2^−10, is computed in double-double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x, V y)
        where L : struct, IDoubleLanes<V, B>
    {
        var op = default(L);
        var a = op.Abs(x);
        var f = LogMethod.Split<L, V, B>(a, out var k);

        // s + sLow = f / (2 + f), the divisor being g + gLow.
        var g = op.Add(f, 2.0);
        var gLow = op.Subtract(f, op.Subtract(g, 2.0));
        var reciprocal = op.Divide(1.0, g);
        var s = op.Multiply(f, reciprocal);
        var product = op.Multiply(s, g);
        var rest = op.Subtract(op.Subtract(f, product), op.ProductError(s, g, product));
        rest = op.Subtract(rest, op.Multiply(s, gLow));
        var sLow = op.Multiply(rest, reciprocal);

        // z + zLow = s².
        var z = op.Multiply(s, s);
        var zLow = op.Fma(op.Add(s, s), sLow, op.ProductError(s, s, z));

        // w + wLow = z·(⅓ + z·q(z)).
        var q = op.Fma(z, 0.059859236756459953, 0.05838552876053394);
        q = op.Fma(q, z, 0.066680955448463822);
        q = op.Fma(q, z, 0.07692280299843271);
        q = op.Fma(q, z, 0.090909094036208157);
        q = op.Fma(q, z, 0.11111111109071167);
        q = op.Fma(q, z, 0.14285714285721043);
        q = op.Fma(q, z, 0.19999999999999993);
        q = op.Multiply(q, z);
        var third = op.Add(q, Third);
        var thirdLow = op.Subtract(q, op.Subtract(third, Third));
        thirdLow = op.Add(thirdLow, ThirdLow);
        var w = op.Multiply(z, third);
        var wLow = op.Fma(z, thirdLow, op.ProductError(z, third, w));
        wLow = op.Fma(zLow, third, wLow);

        // h + hLow = ln m / 2 = s + s·w.
        var u = op.Multiply(s, w);
        var uLow = op.Fma(s, wLow, op.ProductError(s, w, u));
        uLow = op.Fma(sLow, w, uLow);
        var h = op.Add(s, u);
        var hLow = op.Add(op.Subtract(u, op.Subtract(h, s)), op.Add(sLow, uLow));

        // log + logLow = k·ln 2 + 2·h; |k·ln 2| is above |2·h|, or 0.
        var kLn2 = op.Multiply(k, ExpMethod.Ln2HighDouble);
        h = op.Add(h, h);
        var log = op.Add(kLn2, h);
        var logLow = op.Add(op.Subtract(h, op.Subtract(log, kLn2)), op.Add(hLow, hLow));
        logLow = op.Fma(k, ExpMethod.Ln2LowDouble, logLow);
        log = Limits<L, V, B>(log, a);

        // t + tLow = y·(log + logLow). Far outside the range of e^t the low part is infinite or NaN, and never matters.
        var t = op.Multiply(y, log);
        var tLow = op.Fma(y, logLow, op.ProductError(y, log, t));
        var isOne = IsOne<L, V, B>(a, y);
        tLow = op.AndNot(op.And(tLow, op.LessThan(op.Abs(t), 1000.0)), isOne);
        t = op.AndNot(t, isOne);
        t = op.AtMost(op.AtLeast(t, -746.0), 710.0);
        return Signed<L, V, B>(ExpMethod.ClampedDouble<L, V, B>(t, tLow), x, y);
    }

    private const double Third = 0.33333333333333331;
    private const double ThirdLow = 1.8503717077085942e-17;

    /// <summary>The logarithm with its limits at a = 0, ∞ and NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Limits<L, V, B>(V log, V a)
        where L : struct, IDoubleLanes<V, B>
    {
        var op = default(L);
        log = op.Select(op.LessThan(a, double.PositiveInfinity), log, a);
        return op.Select(op.Equal(a, 0.0), double.NegativeInfinity, log);
    }

    /// <summary>Where |x|^y is 1 whatever the other argument is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V IsOne<L, V, B>(V a, V y)
        where L : struct, IDoubleLanes<V, B>
    {
        var op = default(L);
        return op.Or(op.Equal(a, 1.0), op.Equal(y, 0.0));
    }

    /// <summary>x^y from |x|^y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Signed<L, V, B>(V power, V x, V y)
        where L : struct, IDoubleLanes<V, B>
    {
        var op = default(L);
        var integer = op.Equal(op.Truncate(y), y);
        var half = op.Multiply(y, 0.5);
        var even = op.Equal(op.Truncate(half), half);
        var sign = op.And(op.AndNot(integer, even), op.And(x, -0.0));
        var negative = op.And(op.LessThan(x, 0.0), op.GreaterThan(x, double.NegativeInfinity));
        return op.Or(op.Or(power, sign), op.AndNot(negative, integer));
    }
}
