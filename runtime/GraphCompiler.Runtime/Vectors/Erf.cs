using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Error function, <c>erf x = 2/√π · ∫₀ˣ e^(−t²) dt</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within −1 … 1, erf ±0 = ±0, erf ±∞ = ±1, NaN for NaN; odd to the bit, ±1 from |x| = 3.9 on.</returns>
    /// <remarks>Error at most 1.9 ULP, relative accuracy near 0 included. Two minimax polynomials, of degree 11 in x
    /// and of degree 8 for the fourth root of 1 − erf; no division and no exponential.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x) =>
        ErfMethod.Single<Lanes256Single, Vector256<float>, Vector256<int>>(x);

    /// <summary>Error function, <c>erf x = 2/√π · ∫₀ˣ e^(−t²) dt</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within −1 … 1, erf ±0 = ±0, erf ±∞ = ±1, NaN for NaN; odd to the bit, ±1 from |x| = 5.96 on.</returns>
    /// <remarks>Error at most 2 ULP, relative accuracy near 0 included. Two minimax polynomials, of degree 23 in x
    /// and of degree 20 for the fourth root of 1 − erf; no division and no exponential.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Erf(Vector256<double> x) =>
        ErfMethod.Double<Lanes256Double, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Erf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) =>
        ErfMethod.Single<Lanes512Single, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Erf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Erf(Vector512<double> x) =>
        ErfMethod.Double<Lanes512Double, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Erf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x) =>
        ErfMethod.Single<Lanes128Single, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Erf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Erf(Vector128<double> x) =>
        ErfMethod.Double<Lanes128Double, Vector128<double>, Vector128<long>>(x);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Erf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => Vec128.Erf(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vec256.Erf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Erf(double x) => Vec128.Erf(Vector128.Create(x)).ToScalar();
}

/// <summary>
/// erf x in two pieces that every lane computes. (1) |x| &lt; 0.99: x + x·q(x²), q minimax for erf x / x − 1 in relative
/// error. (2) Otherwise 1 − g⁴ with the sign of x, g minimax for the fourth root of 1 − erf |x|, where the error counts
/// 4·g³: the root falls off slowly enough for a polynomial to follow it to where erf rounds to 1, and two
/// multiplications undo it. An error of g comes out multiplied by 4·(1 − erf |x|), at most 0.65 here: a higher root would
/// spare a term and double that. (3) |x| is limited to where erf is 1, beyond which g is not a root of anything.
/// (4) g⁴ − 1 has its sign bit set; it is cleared where that of x is, which is cheaper than to negate and to copy a sign.
/// (5) The polynomials are added up in pairs, then by powers of x², which is half the latency of Horner's scheme; only
/// the constant of g comes alone and last, so that the rounding errors before it count little.
/// Both by Remez exchange in 50 digits, the coefficients rounded from the lowest up, each time refitting the others.
/// </summary>
internal static class ErfMethod
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x)
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var m = op.AtMost(op.Abs(x), 4f);
        var t = op.Multiply(m, m);
        var t2 = op.Multiply(t, t);

        var q = op.Fma(op.Fma(t, -0.000561992929f, 0.00491491379f), t2, op.Fma(t, -0.0267092176f, 0.112801135f));
        q = op.Fma(q, t2, op.Fma(t, -0.37612319f, 0.128379121f));
        var near = op.Fma(x, q, x);

        var r = op.Fma(op.Fma(m, -2.28605677e-05f, 0.000187678932f), t, op.Fma(m, 0.000707644387f, -0.0124830743f));
        r = op.Fma(r, t2, op.Fma(op.Fma(m, 0.0431748964f, -0.0165326018f), t, op.Fma(m, -0.0942053571f, -0.293138444f)));
        var g = op.Fma(r, m, 1.00208163f);
        g = op.Multiply(g, g);
        var far = op.And(op.Fma(g, g, -1f), op.AsReal(op.Or(op.AsBits(x), int.MaxValue)));
        return op.Select(op.LessThan(m, 0.99f), near, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var m = op.AtMost(op.Abs(x), 6.0);
        var t = op.Multiply(m, m);
        var t2 = op.Multiply(t, t);
        var t4 = op.Multiply(t2, t2);

        var q = op.Fma(op.Fma(t, -7.608944276073125e-10, 1.3617194948153561e-08), t2, op.Fma(t, -1.6184083465995943e-07, 1.6444160094838259e-06));
        q = op.Fma(q, t4, op.Fma(op.Fma(t, -1.4924466234669774e-05, 0.0001205528051962936), t2, op.Fma(t, -0.0008548325485544856, 0.005223977596743359)));
        q = op.Fma(q, t4, op.Fma(op.Fma(t, -0.026866170641959664, 0.11283791670936952), t2, op.Fma(t, -0.37612638903183343, 0.12837916709551256)));
        var near = op.Fma(x, q, x);

        var r = op.Fma(op.Fma(m, -2.3062522091009414e-14, 1.4340248260703204e-12), t, op.Fma(m, -4.0486841037864625e-11, 6.843807747013772e-10));
        r = op.Fma(r, t2, op.Fma(op.Fma(m, -7.680343114808742e-09, 5.99574594559686e-08), t, op.Fma(m, -3.328236336654654e-07, 1.3390318656558217e-06)));
        r = op.Fma(r, t2, op.Fma(op.Fma(m, -4.1160219796519725e-06, 1.0781692722965531e-05), t, op.Fma(m, -2.333863508929088e-05, 1.8300809233995997e-05)));
        r = op.Fma(r, t2, op.Fma(op.Fma(m, 4.4763803691964635e-05, 0.0003161595920247283), t, op.Fma(m, -0.0020484492758859516, -0.0011395071474107634)));
        r = op.Fma(r, t2, op.Fma(op.Fma(m, 0.018575301683880406, 0.0154857260568423), t, op.Fma(m, -0.11937373862203784, -0.2820932885856347)));
        var g = op.Fma(r, m, 0.9999998594223984);
        g = op.Multiply(g, g);
        var far = op.And(op.Fma(g, g, -1.0), op.AsReal(op.Or(op.AsBits(x), long.MaxValue)));
        return op.Select(op.LessThan(m, 0.99), near, far);
    }
}
