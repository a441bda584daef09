using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Error function, <c>erf x = 2/√π · ∫₀ˣ e^(−t²) dt</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within −1 … 1, erf ±0 = ±0, erf ±∞ = ±1, NaN for NaN; odd to the bit, ±1 from |x| = 3.89 on.</returns>
    /// <remarks>Error at most 1.8 ULP, relative accuracy near 0 included. Two minimax polynomials, of degree 11 in x
    /// and of degree 8 for the fourth root of 1 − erf; no division and no exponential.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x) =>
        ErfMethod.Single<Lanes256<float, int>, Vector256<float>, Vector256<int>>(x);

    /// <summary>Error function, <c>erf x = 2/√π · ∫₀ˣ e^(−t²) dt</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within −1 … 1, erf ±0 = ±0, erf ±∞ = ±1, NaN for NaN; odd to the bit, ±1 from |x| = 5.96 on.</returns>
    /// <remarks>Error at most 1.8 ULP, relative accuracy near 0 included. Two minimax polynomials, of degree 23 in x
    /// and of degree 20 for the fourth root of 1 − erf; no division and no exponential.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Erf(Vector256<double> x) =>
        ErfMethod.Double<Lanes256<double, long>, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Erf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) =>
        ErfMethod.Single<Lanes512<float, int>, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Erf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Erf(Vector512<double> x) =>
        ErfMethod.Double<Lanes512<double, long>, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Erf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x) =>
        ErfMethod.Single<Lanes128<float, int>, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Erf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Erf(Vector128<double> x) =>
        ErfMethod.Double<Lanes128<double, long>, Vector128<double>, Vector128<long>>(x);
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
/// erf x in two pieces that every lane computes. (1) |x| &lt; 0.92: x + x·q(x²), q minimax for erf x / x − 1 in relative
/// error. (2) Otherwise 1 − g⁴ with the sign of x, g minimax for the fourth root of 1 − erf |x|, where the error counts
/// 4·g³: the root falls off slowly enough for a polynomial to follow it to where erf rounds to 1, and two
/// multiplications undo it. An error of g comes out multiplied by 4·(1 − erf |x|), at most 0.8 here: a higher root would
/// spare a term and double that. (3) |x| is limited to where erf is 1, beyond which g is not a root of anything.
/// (4) g⁴ − 1 has its sign bit set; it is cleared where that of x is, which is cheaper than to negate and to copy a sign.
/// Both by Remez exchange in 50 digits, the coefficients rounded from the lowest up, each time refitting the others.
/// </summary>
internal static class ErfMethod
{
    private const float Joint = 0.92f;
    private const double JointDouble = 0.92;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x)
        where L : ILanes<float, int, V, B>
    {
        var m = L.AtMost(L.Abs(x), 4f);
        var t = L.Multiply(m, m);

        var q = L.Fma(t, -0.000600380707f, 0.00499585411f);
        q = L.Fma(q, t, -0.0267685801f);
        q = L.Fma(q, t, 0.11281877f);
        q = L.Fma(q, t, -0.376125008f);
        q = L.Fma(q, t, 0.128379151f);
        var near = L.Fma(x, q, x);

        var g = L.Fma(m, -2.84453454e-05f, 0.000275894126f);
        g = L.Fma(g, m, 0.000113306603f);
        g = L.Fma(g, m, -0.0102520371f);
        g = L.Fma(g, m, 0.0380702429f);
        g = L.Fma(g, m, -0.00924060773f);
        g = L.Fma(g, m, -0.10055922f);
        g = L.Fma(g, m, -0.290049076f);
        g = L.Fma(g, m, 1.00143945f);
        g = L.Multiply(g, g);
        var far = L.And(L.Fma(g, g, -1f), L.AsReal(L.Or(L.AsBits(x), int.MaxValue)));
        return L.Select(L.LessThan(m, Joint), near, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : ILanes<double, long, V, B>
    {
        var m = L.AtMost(L.Abs(x), 6.0);
        var t = L.Multiply(m, m);

        var q = L.Fma(t, -9.766153946742736e-10, 1.4654502875688402e-08);
        q = L.Fma(q, t, -1.640004596753092e-07);
        q = L.Fma(q, t, 1.646963949683327e-06);
        q = L.Fma(q, t, -1.4926338244251947e-05);
        q = L.Fma(q, t, 0.00012055369139329907);
        q = L.Fma(q, t, -0.0008548328188149989);
        q = L.Fma(q, t, 0.005223977648291737);
        q = L.Fma(q, t, -0.02686617064771472);
        q = L.Fma(q, t, 0.1128379167097002);
        q = L.Fma(q, t, -0.37612638903184087);
        q = L.Fma(q, t, 0.1283791670955126);
        var near = L.Fma(x, q, x);

        var g = L.Fma(m, -1.9062174709481697e-14, 1.2213229436693034e-12);
        g = L.Fma(g, m, -3.5196688442979684e-11);
        g = L.Fma(g, m, 6.02562590590595e-10);
        g = L.Fma(g, m, -6.797950951313975e-09);
        g = L.Fma(g, m, 5.2904527376221384e-08);
        g = L.Fma(g, m, -2.8947724814367854e-07);
        g = L.Fma(g, m, 1.1292980964071889e-06);
        g = L.Fma(g, m, -3.3046605151588355e-06);
        g = L.Fma(g, m, 8.247579443386912e-06);
        g = L.Fma(g, m, -1.6913920878953417e-05);
        g = L.Fma(g, m, 5.055873582708884e-06);
        g = L.Fma(g, m, 6.692815359426961e-05);
        g = L.Fma(g, m, 0.000286215382799049);
        g = L.Fma(g, m, -0.002016105953132218);
        g = L.Fma(g, m, -0.001167009606818563);
        g = L.Fma(g, m, 0.018593282922237577);
        g = L.Fma(g, m, 0.015477013266124632);
        g = L.Fma(g, m, -0.11937079467579052);
        g = L.Fma(g, m, -0.28209390718131006);
        g = L.Fma(g, m, 0.9999999202280808);
        g = L.Multiply(g, g);
        var far = L.And(L.Fma(g, g, -1.0), L.AsReal(L.Or(L.AsBits(x), long.MaxValue)));
        return L.Select(L.LessThan(m, JointDouble), near, far);
    }
}
