using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Distribution function of the standard normal distribution, <c>Φ(x) = ½·(1 + erf(x/√2))</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within 0 … 1, Φ(±0) = ½, 1 from x = 5.7 on, 0 from −5.7 down, NaN for NaN.</returns>
    /// <remarks>Error at most 3·2^−24, that is 3 ULP where x is not negative; below, where Φ goes to 0, the bound stays
    /// what it is. One minimax polynomial of degree 9, for the fourth root of 1 − erf; no division and no
    /// exponential.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> NormalCdf(Vector256<float> x) =>
        NormalCdfMethod.Single<Lanes256Single, Vector256<float>, Vector256<int>>(x);

    /// <summary>Distribution function of the standard normal distribution, <c>Φ(x) = ½·(1 + erf(x/√2))</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within 0 … 1, Φ(±0) = ½, 1 from x = 8.5 on, 0 from −8.5 down, NaN for NaN.</returns>
    /// <remarks>Error at most 2·2^−53, that is 2 ULP where x is not negative; below, where Φ goes to 0, the bound stays what
    /// it is. From <see cref="Erf(Vector256{double})"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> NormalCdf(Vector256<double> x) =>
        NormalCdfMethod.Double<Lanes256Double, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> NormalCdf(Vector512<float> x) =>
        NormalCdfMethod.Single<Lanes512Single, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> NormalCdf(Vector512<double> x) =>
        NormalCdfMethod.Double<Lanes512Double, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> NormalCdf(Vector128<float> x) =>
        NormalCdfMethod.Single<Lanes128Single, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> NormalCdf(Vector128<double> x) =>
        NormalCdfMethod.Double<Lanes128Double, Vector128<double>, Vector128<long>>(x);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float NormalCdf(float x) => Vec128.NormalCdf(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double NormalCdf(double x) => Vec128.NormalCdf(Vector128.Create(x)).ToScalar();
}

/// <summary>
/// Φ(x) = 1 − s/2 where x is not negative and s/2 where it is, s = 1 − erf(|x|/√2). (1) s = g⁴, g minimax for the fourth
/// root with its error weighted by 4·g³, which counts in s: the root falls off slowly enough for a polynomial to follow it
/// to where s is below 2^−24, and two multiplications undo it. No second piece about 0 as in <see cref="ErfMethod"/>: there
/// Φ is ½, not 0. (2) The polynomial falls below 0 at 5.61 and stays there to 6.27: |x| is limited to 5.7, and a root below
/// 0 is 0, so that Φ ends in 0 and 1 exactly and a product with x does not grow again. (3) Both cases are one FMA, with ∓½
/// for s and ½ ± ½ to add.
/// By Remez exchange in 40 digits, the coefficients rounded from the lowest up, each time refitting the others.
/// </summary>
internal static class NormalCdfMethod
{
    private const double RootHalf = 0.7071067811865476;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x)
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var m = op.AtMost(op.Abs(x), 5.7f);
        var g = op.Fma(m, -1.03962663e-08f, -3.91888625e-06f);
        g = op.Fma(g, m, 6.89520384e-05f);
        g = op.Fma(g, m, -0.000364922307f);
        g = op.Fma(g, m, -4.08597007e-05f);
        g = op.Fma(g, m, 0.00450981222f);
        g = op.Fma(g, m, 0.00553395506f);
        g = op.Fma(g, m, -0.0596976914f);
        g = op.Fma(g, m, -0.199470088f);
        g = op.AtLeast(op.Fma(g, m, 1f), 0f);
        g = op.Multiply(g, g);
        var minusHalf = op.Xor(op.And(x, -0f), -0.5f);
        return op.Fma(op.Multiply(g, g), minusHalf, op.Subtract(0.5f, minusHalf));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        return op.Fma(ErfMethod.Double<L, V, B>(op.Multiply(x, RootHalf)), 0.5, 0.5);
    }
}
