using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>The maximum of two values: IEEE 754-2019 <c>maximum</c>.</summary>
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    /// <returns>Exact; −0 counts as less than +0; NaN if either is NaN, its payload unspecified.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b)
    {
        if (!Avx.IsSupported)
        {
            return Vector256.Max(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone. The union of the bits is then a NaN, which stays one, or −0, and −0 − (−0) is +0;
        // elsewhere the difference is +0 and changes nothing.
        var ab = Avx.Max(a, b);
        var difference = ab ^ Avx.Max(b, a);
        return (ab | difference) - difference;
    }

    /// <inheritdoc cref="Vec256.Max(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Max(Vector256<double> a, Vector256<double> b)
    {
        if (!Avx.IsSupported)
        {
            return Vector256.Max(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone. The union of the bits is then a NaN, which stays one, or −0, and −0 − (−0) is +0;
        // elsewhere the difference is +0 and changes nothing.
        var ab = Avx.Max(a, b);
        var difference = ab ^ Avx.Max(b, a);
        return (ab | difference) - difference;
    }
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Max(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Max(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone. The union of the bits is then a NaN, which stays one, or −0, and −0 − (−0) is +0;
        // elsewhere the difference is +0 and changes nothing.
        var ab = Avx512F.Max(a, b);
        var difference = ab ^ Avx512F.Max(b, a);
        return (ab | difference) - difference;
    }

    /// <inheritdoc cref="Vec256.Max(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> a, Vector512<double> b)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Max(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone. The union of the bits is then a NaN, which stays one, or −0, and −0 − (−0) is +0;
        // elsewhere the difference is +0 and changes nothing.
        var ab = Avx512F.Max(a, b);
        var difference = ab ^ Avx512F.Max(b, a);
        return (ab | difference) - difference;
    }
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Max(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b)
    {
        if (!Sse.IsSupported)
        {
            return Vector128.Max(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone. The union of the bits is then a NaN, which stays one, or −0, and −0 − (−0) is +0;
        // elsewhere the difference is +0 and changes nothing.
        var ab = Sse.Max(a, b);
        var difference = ab ^ Sse.Max(b, a);
        return (ab | difference) - difference;
    }

    /// <inheritdoc cref="Vec256.Max(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Max(Vector128<double> a, Vector128<double> b)
    {
        if (!Sse2.IsSupported)
        {
            return Vector128.Max(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone. The union of the bits is then a NaN, which stays one, or −0, and −0 − (−0) is +0;
        // elsewhere the difference is +0 and changes nothing.
        var ab = Sse2.Max(a, b);
        var difference = ab ^ Sse2.Max(b, a);
        return (ab | difference) - difference;
    }
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Max(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float a, float b) =>
        Vec128.Max(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    /// <inheritdoc cref="Vec256.Max(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(double a, double b) =>
        Vec128.Max(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();
}
