using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Exponential, <c>e^x</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>+∞ above 88.73, +0 below −103.98, subnormal where the result is, e^±0 = 1, e^−∞ = 0, e^+∞ = +∞, NaN for
    /// NaN.</returns>
    /// <remarks>Error at most 0.9 ULP. x = n·ln 2 + r with |r| ≤ ln 2 / 2 (Cody and Waite 1980), minimax polynomial of
    /// degree 6 in r.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) =>
        ExpMethod.Single<Lanes256Single, Vector256<float>, Vector256<int>>(x);

    /// <summary>Exponential, <c>e^x</c>.</summary>
    /// <param name="x">Any value, subnormals, infinities and NaN included.</param>
    /// <returns>+∞ above 709.79, +0 below −745.14, subnormal where the result is, e^±0 = 1, e^−∞ = 0, e^+∞ = +∞, NaN
    /// for NaN.</returns>
    /// <remarks>Error at most 0.9 ULP. x = n·ln 2 + r with |r| ≤ ln 2 / 2 (Cody and Waite 1980), minimax polynomial of
    /// degree 11 in r.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x) =>
        ExpMethod.Double<Lanes256Double, Vector256<double>, Vector256<long>>(x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Exp(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) =>
        ExpMethod.Single<Lanes512Single, Vector512<float>, Vector512<int>>(x);

    /// <inheritdoc cref="Vec256.Exp(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) =>
        ExpMethod.Double<Lanes512Double, Vector512<double>, Vector512<long>>(x);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Exp(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) =>
        ExpMethod.Single<Lanes128Single, Vector128<float>, Vector128<int>>(x);

    /// <inheritdoc cref="Vec256.Exp(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Exp(Vector128<double> x) =>
        ExpMethod.Double<Lanes128Double, Vector128<double>, Vector128<long>>(x);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Exp(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Vec128.Exp(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vec256.Exp(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x) => Vec128.Exp(Vector128.Create(x)).ToScalar();
}

/// <summary>
/// e^x. (1) Clamp x to where the result is neither certainly 0 nor certainly infinite. (2) n = round(x / ln 2) by
/// adding
/// 1.5·2^p, which leaves n in the low bits of the sum. (3) r = x − n·ln 2 with ln 2 in two parts, the first short
/// enough
/// for n times it to be exact. (4) e^r = 1 + r + r²·q(r) with q minimax. (5) 2^n as 2^⌈n/2⌉ · 2^⌊n/2⌋: the one factor
/// never rounds, and the other rounds once, to a subnormal or to infinity. AVX-512 has that as one instruction.
/// </summary>
internal static class ExpMethod
{
    internal const float Log2E = 1.44269504f;
    internal const float Ln2High = 0.693359375f;
    internal const float Ln2Low = -2.12194440e-4f;
    internal const double Log2EDouble = 1.4426950408889634;
    internal const double Ln2HighDouble = 0.69314718060195446; // 33 bits
    internal const double Ln2LowDouble = -4.2009150726810846e-11;

    // 1.5·2^23 and 1.5·2^52; the addend biases the exponents of both halves of 2^n at once.
    internal const float Shifter = 12582912f;
    internal const double ShifterDouble = 6755399441055744;
    private const float HalvesShifter = Shifter + (2 * 127);
    private const double HalvesShifterDouble = ShifterDouble + (2 * 1023);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Single<L, V, B>(V x)
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        return Clamped<L, V, B>(op.AtMost(op.AtLeast(x, -104f), 89f));
    }

    /// <summary>e^x for x in −104 … 89.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Clamped<L, V, B>(V x)
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var shifted = op.Fma(x, Log2E, HalvesShifter);
        var n = op.Subtract(shifted, HalvesShifter);
        var r = op.Fma(n, -Ln2High, x);
        r = op.Fma(n, -Ln2Low, r);
        var p = Polynomial<L, V, B>(r);
        // A test of a type is a constant while the JIT reads the code: what is not taken is not expanded.
        if (typeof(V) == typeof(Vector512<float>) && Avx512F.IsSupported)
        {
            return op.Scale(p, n);
        }

        var bits = op.AsBits(shifted);
        var half = op.ShiftRight(bits, 1);
        p = op.Multiply(p, op.AsReal(op.ShiftLeft(op.Subtract(bits, half), 23)));
        return op.Multiply(p, op.AsReal(op.ShiftLeft(half, 23)));
    }

    /// <summary>e^r for |r| ≤ ln 2 / 2, with an error of the polynomial itself below 2^−28.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Polynomial<L, V, B>(V r)
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var p = op.Fma(r, 0.00138167816f, 0.00836867467f);
        p = op.Fma(p, r, 0.0416683443f);
        p = op.Fma(p, r, 0.166665211f);
        p = op.Fma(p, r, 0.49999994f);
        p = op.Fma(p, r, 1f);
        return op.Fma(p, r, 1f);
    }

    /// <summary>q(r) = (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2; r²·q errs by less than 2^−25.9·|r|, for e^r −
    /// 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Tail<L, V, B>(V r)
        where L : struct, ILanes<float, int, V, B>
    {
        var op = default(L);
        var p = op.Fma(r, 0.00139464543f, 0.00836659782f);
        p = op.Fma(p, r, 0.0416662805f);
        p = op.Fma(p, r, 0.166665435f);
        return op.Fma(p, r, 0.5f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Double<L, V, B>(V x)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        return ClampedDouble<L, V, B>(op.AtMost(op.AtLeast(x, -746.0), 710.0));
    }

    /// <summary>e^x for x in −746 … 710.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ClampedDouble<L, V, B>(V x)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var shifted = op.Fma(x, Log2EDouble, HalvesShifterDouble);
        var n = op.Subtract(shifted, HalvesShifterDouble);
        var r = op.Fma(n, -Ln2HighDouble, x);
        r = op.Fma(n, -Ln2LowDouble, r);
        return Scaled<L, V, B>(r, n, shifted);
    }

    /// <summary>e^(x + low) for x in −746 … 710 and |low| far below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ClampedDouble<L, V, B>(V x, V low)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var shifted = op.Fma(x, Log2EDouble, HalvesShifterDouble);
        var n = op.Subtract(shifted, HalvesShifterDouble);
        var r = op.Fma(n, -Ln2HighDouble, x);
        r = op.Fma(n, -Ln2LowDouble, r);
        return Scaled<L, V, B>(op.Add(r, low), n, shifted);
    }

    /// <summary>e^r · 2^n, n being also what the shift left in the low bits of shifted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled<L, V, B>(V r, V n, V shifted)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var p = TailDouble<L, V, B>(r);
        p = op.Fma(p, r, 1.0);
        p = op.Fma(p, r, 1.0);
        if (typeof(V) == typeof(Vector512<double>) && Avx512F.IsSupported)
        {
            return op.Scale(p, n);
        }

        var bits = op.AsBits(shifted);
        var half = op.ShiftRight(bits, 1);
        p = op.Multiply(p, op.AsReal(op.ShiftLeft(op.Subtract(bits, half), 52)));
        return op.Multiply(p, op.AsReal(op.ShiftLeft(half, 52)));
    }

    /// <summary>q(r) = (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2; r²·q errs by less than 2^−55.5·|r|, which is what e^r − 1
    /// needs as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V TailDouble<L, V, B>(V r)
        where L : struct, ILanes<double, long, V, B>
    {
        var op = default(L);
        var p = op.Fma(r, 2.5114511899314613e-8, 2.7626338119721526e-7);
        p = op.Fma(p, r, 2.7557227857532216e-6);
        p = op.Fma(p, r, 2.4801504439747597e-5);
        p = op.Fma(p, r, 0.00019841269903103734);
        p = op.Fma(p, r, 0.001388888893235764);
        p = op.Fma(p, r, 0.0083333333333145791);
        p = op.Fma(p, r, 0.041666666666573815);
        p = op.Fma(p, r, 0.16666666666666685);
        return op.Fma(p, r, 0.50000000000000056);
    }
}
