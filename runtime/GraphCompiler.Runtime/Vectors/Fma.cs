using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Multiply and add: <c>a·b + c</c>, rounded once where the processor has FMA (0.5 ULP), and twice where
    /// it has not; never a call into software.</summary>
    /// <param name="a">First factor.</param>
    /// <param name="b">Second factor.</param>
    /// <param name="c">Addend.</param>
    /// <returns>a·b + c per lane; NaN, infinities and signs of zero as in IEEE 754 fusedMultiplyAdd.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        X86Fma.IsSupported ? X86Fma.MultiplyAdd(a, b, c)
        : AdvSimd.IsSupported ? Vector256.Create(Vec128.Fma(a.GetLower(), b.GetLower(), c.GetLower()),
            Vec128.Fma(a.GetUpper(), b.GetUpper(), c.GetUpper()))
        : (a * b) + c;

    /// <inheritdoc cref="Fma(Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        X86Fma.IsSupported ? X86Fma.MultiplyAdd(a, b, c)
        : AdvSimd.Arm64.IsSupported ? Vector256.Create(Vec128.Fma(a.GetLower(), b.GetLower(), c.GetLower()),
            Vec128.Fma(a.GetUpper(), b.GetUpper(), c.GetUpper()))
        : (a * b) + c;

    /// <summary>a·b − p exactly, for p = round(a·b): one FMA, or Dekker's product (Numer. Math. 18, 1971).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> ProductError(Vector256<double> a, Vector256<double> b, Vector256<double> p) =>
        X86Fma.IsSupported ? X86Fma.MultiplySubtract(a, b, p)
        : Vector256.Create(Vec128.ProductError(a.GetLower(), b.GetLower(), p.GetLower()),
            Vec128.ProductError(a.GetUpper(), b.GetUpper(), p.GetUpper()));
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Fma(Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAdd(a, b, c)
        : Vector512.Create(Vec256.Fma(a.GetLower(), b.GetLower(), c.GetLower()),
            Vec256.Fma(a.GetUpper(), b.GetUpper(), c.GetUpper()));

    /// <inheritdoc cref="Vec256.Fma(Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAdd(a, b, c)
        : Vector512.Create(Vec256.Fma(a.GetLower(), b.GetLower(), c.GetLower()),
            Vec256.Fma(a.GetUpper(), b.GetUpper(), c.GetUpper()));

    /// <inheritdoc cref="Vec256.ProductError"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ProductError(Vector512<double> a, Vector512<double> b, Vector512<double> p) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplySubtract(a, b, p)
        : Vector512.Create(Vec256.ProductError(a.GetLower(), b.GetLower(), p.GetLower()),
            Vec256.ProductError(a.GetUpper(), b.GetUpper(), p.GetUpper()));
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Fma(Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        X86Fma.IsSupported ? X86Fma.MultiplyAdd(a, b, c)
        : AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(c, a, b)
        : (a * b) + c;

    /// <inheritdoc cref="Vec256.Fma(Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Fma(Vector128<double> a, Vector128<double> b, Vector128<double> c) =>
        X86Fma.IsSupported ? X86Fma.MultiplyAdd(a, b, c)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.FusedMultiplyAdd(c, a, b)
        : (a * b) + c;

    /// <summary>a·b − p exactly, for p = round(a·b): one FMA, or Dekker's product (Numer. Math. 18, 1971).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> ProductError(Vector128<double> a, Vector128<double> b, Vector128<double> p)
    {
        if (X86Fma.IsSupported)
        {
            return X86Fma.MultiplySubtract(a, b, p);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return AdvSimd.Arm64.FusedMultiplyAdd(-p, a, b);
        }

        var splitter = Vector128.Create(134217729.0); // 2^27 + 1
        var aSplit = a * splitter;
        var aHigh = aSplit - (aSplit - a);
        var aLow = a - aHigh;
        var bSplit = b * splitter;
        var bHigh = bSplit - (bSplit - b);
        var bLow = b - bHigh;
        return (((aHigh * bHigh) - p) + (aHigh * bLow) + (aLow * bHigh)) + (aLow * bLow);
    }
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Fma(Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fma(float a, float b, float c) =>
        X86Fma.IsSupported || AdvSimd.IsSupported ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <inheritdoc cref="Vec256.Fma(Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fma(double a, double b, double c) =>
        X86Fma.IsSupported || AdvSimd.IsSupported ? Math.FusedMultiplyAdd(a, b, c) : (a * b) + c;
}
