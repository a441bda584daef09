using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Hyperbolic tangent, <c>(e^x − e^−x) / (e^x + e^−x)</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within −1 … 1, tanh ±0 = ±0, tanh ±∞ = ±1, NaN for NaN; odd to the bit, subnormals come back
    /// unchanged.</returns>
    /// <remarks>Error at most 2 ULP, relative accuracy near 0 included. From e^(−2|x|) − 1, computed without
    /// cancellation as in <see cref="Exp(Vector256{float})"/>; one division.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) =>
        TanhMethod.Single<Lanes256Single, Vector256<float>, Vector256<int>>(x);

    /// <summary>Hyperbolic tangent, <c>(e^x − e^−x) / (e^x + e^−x)</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>Within −1 … 1, tanh ±0 = ±0, tanh ±∞ = ±1, NaN for NaN; odd to the bit, subnormals come back
    /// unchanged.</returns>
    /// <remarks>Error at most 2.2 ULP, relative accuracy near 0 included. From e^(−2|x|) − 1, computed without
    /// cancellation as in <see cref="Exp(Vector256{double})"/>; one division.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Tanh(Vector256<double> x) =>
        TanhMethod.Double<Lanes256Double, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Tanh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) =>
        TanhMethod.Single<Lanes512Single, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Tanh(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x) =>
        TanhMethod.Double<Lanes512Double, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Tanh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x) =>
        TanhMethod.Single<Lanes128Single, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Tanh(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Tanh(Vector128<double> x) =>
        TanhMethod.Double<Lanes128Double, Vector128<double>, Vector128<long>>(x);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Tanh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Vec128.Tanh(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vec256.Tanh(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Tanh(double x) => Vec128.Tanh(Vector128.Create(x)).ToScalar();
}

/// <summary>
/// tanh |x| = h + h·q with t = e^y − 1, y = −2|x|, h = −t / 2, q = −t / (t + 2); then the sign of x. (1) y = n·ln 2 + r
/// as in <see cref="ExpMethod"/> and t = 2^n·(e^r − 1) + (2^n − 1): for n = 0 that is e^r − 1 with its full relative
/// accuracy, and because n is not positive, the error of e^r − 1 only ever shrinks on its way into t. (2) The plain
/// quotient q equals h + h·q, but has the rounding errors of t + 2 and of the division in full.
/// </summary>
internal static class TanhMethod
{
    // The low bits of the sum are the exponent field of 2^n.
    private const float BiasedShifter = ExpMethod.Shifter + 127;
    private const double BiasedShifterDouble = ExpMethod.ShifterDouble + 1023;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x)
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var y = op.Multiply(op.AtMost(op.Abs(x), 10f), -2f); // tanh 9.02 rounds to 1
        var shifted = op.Fma(y, ExpMethod.Log2E, BiasedShifter);
        var n = op.Subtract(shifted, BiasedShifter);
        var r = op.Fma(n, -ExpMethod.Ln2High, y);
        r = op.Fma(n, -ExpMethod.Ln2Low, r);
        var p = op.Fma(ExpMethod.Tail<L, V, B>(r), op.Multiply(r, r), r);
        var power = op.AsReal(op.ShiftLeft(op.AsBits(shifted), 23));
        var t = op.Fma(power, p, op.Subtract(power, 1f));
        var half = op.Multiply(t, 0.5f);
        t = op.Fma(half, op.Divide(t, op.Subtract(-2f, t)), half);
        return op.Or(op.Abs(t), op.And(x, -0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var y = op.Multiply(op.AtMost(op.Abs(x), 20.0), -2.0); // tanh 19.07 rounds to 1
        var shifted = op.Fma(y, ExpMethod.Log2EDouble, BiasedShifterDouble);
        var n = op.Subtract(shifted, BiasedShifterDouble);
        var r = op.Fma(n, -ExpMethod.Ln2HighDouble, y);
        r = op.Fma(n, -ExpMethod.Ln2LowDouble, r);
        var p = op.Fma(ExpMethod.TailDouble<L, V, B>(r), op.Multiply(r, r), r);
        var power = op.AsReal(op.ShiftLeft(op.AsBits(shifted), 52));
        var t = op.Fma(power, p, op.Subtract(power, 1.0));
        var half = op.Multiply(t, 0.5);
        t = op.Fma(half, op.Divide(t, op.Subtract(-2.0, t)), half);
        return op.Or(op.Abs(t), op.And(x, -0.0));
    }
}
