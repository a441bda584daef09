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
        SigmoidMethod.Single<Lanes256Single, Vector256<float>, Vector256<int>>(x);

    /// <summary>Logistic function, <c>1 / (1 + e^−x)</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within 0 … 1, ½ at ±0, 0 at −∞, 1 at +∞, NaN for NaN; e^x, subnormal results included, where x is far
    /// below 0.</returns>
    /// <remarks>Error at most 1.6 ULP. e^−|x| by <see cref="Exp(Vector256{double})"/>, never an overflow; one
    /// division.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sigmoid(Vector256<double> x) =>
        SigmoidMethod.Double<Lanes256Double, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) =>
        SigmoidMethod.Single<Lanes512Single, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) =>
        SigmoidMethod.Double<Lanes512Double, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) =>
        SigmoidMethod.Single<Lanes128Single, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sigmoid(Vector128<double> x) =>
        SigmoidMethod.Double<Lanes128Double, Vector128<double>, Vector128<long>>(x);
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
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var e = ExpMethod.Clamped<L, V, B>(op.AtLeast(op.Or(x, -0f), -104f));
        var minusQ = op.Divide(e, op.Subtract(-1f, e));
        var c = op.Select(op.LessThan(x, 0f), e, 1f);
        return op.Fma(c, minusQ, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var e = ExpMethod.ClampedDouble<L, V, B>(op.AtLeast(op.Or(x, -0.0), -746.0));
        var minusQ = op.Divide(e, op.Subtract(-1.0, e));
        var c = op.Select(op.LessThan(x, 0.0), e, 1.0);
        return op.Fma(c, minusQ, c);
    }
}
