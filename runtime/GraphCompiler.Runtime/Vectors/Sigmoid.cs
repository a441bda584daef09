using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Logistic function, <c>1 / (1 + e^−x)</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within 0 … 1, ½ at ±0, 0 at −∞, 1 at +∞, NaN for NaN; e^x, subnormal results included, where x is far
    /// below 0.</returns>
    /// <remarks>Error at most 1.6 ULP. e^−|x| by <see cref="Exp(Vector256{float})"/>, never an overflow; one
    /// division.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) =>
        SigmoidMethod.Single<Lanes256<float, int>, Vector256<float>, Vector256<int>>(x);

    /// <summary>Logistic function, <c>1 / (1 + e^−x)</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within 0 … 1, ½ at ±0, 0 at −∞, 1 at +∞, NaN for NaN; e^x, subnormal results included, where x is far
    /// below 0.</returns>
    /// <remarks>Error at most 1.6 ULP. e^−|x| by <see cref="Exp(Vector256{double})"/>, never an overflow; one
    /// division.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sigmoid(Vector256<double> x) =>
        SigmoidMethod.Double<Lanes256<double, long>, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) =>
        SigmoidMethod.Single<Lanes512<float, int>, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) =>
        SigmoidMethod.Double<Lanes512<double, long>, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) =>
        SigmoidMethod.Single<Lanes128<float, int>, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sigmoid(Vector128<double> x) =>
        SigmoidMethod.Double<Lanes128<double, long>, Vector128<double>, Vector128<long>>(x);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => Vec128.Sigmoid(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sigmoid(double x) => Vec128.Sigmoid(Vector128.Create(x)).ToScalar();
}

/// <summary>
/// With e = e^−|x| and q = e / (1 + e): 1 − q where x is not negative, e − e·q where it is. One FMA more than the plain
/// quotients, and the rounding errors of 1 + e and of the division enter as those of a small correction.
/// </summary>
internal static class SigmoidMethod
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x)
        where L : ILanes<float, int, V, B>
    {
        var e = ExpMethod.Clamped<L, V, B>(L.AtLeast(L.Or(x, -0f), -104f));
        var minusQ = L.Divide(e, L.Subtract(-1f, e));
        var c = L.Select(L.LessThan(x, 0f), e, 1f);
        return L.Fma(c, minusQ, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : ILanes<double, long, V, B>
    {
        var e = ExpMethod.ClampedDouble<L, V, B>(L.AtLeast(L.Or(x, -0.0), -746.0));
        var minusQ = L.Divide(e, L.Subtract(-1.0, e));
        var c = L.Select(L.LessThan(x, 0.0), e, 1.0);
        return L.Fma(c, minusQ, c);
    }
}
