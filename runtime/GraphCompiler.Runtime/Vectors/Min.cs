using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>The minimum of two values: IEEE 754-2019 <c>minimum</c>.</summary>
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    /// <returns>Exact; −0 counts as less than +0; NaN if either is NaN, its payload unspecified.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b)
    {
        if (!Avx.IsSupported)
        {
            return Vector256.Min(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone, and there the union of the bits is the NaN or the negative zero.
        return Avx.Min(a, b) | Avx.Min(b, a);
    }

    /// <inheritdoc cref="Vec256.Min(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Min(Vector256<double> a, Vector256<double> b)
    {
        if (!Avx.IsSupported)
        {
            return Vector256.Min(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone, and there the union of the bits is the NaN or the negative zero.
        return Avx.Min(a, b) | Avx.Min(b, a);
    }
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Min(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Min(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone, and there the union of the bits is the NaN or the negative zero.
        return Avx512F.Min(a, b) | Avx512F.Min(b, a);
    }

    /// <inheritdoc cref="Vec256.Min(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Min(Vector512<double> a, Vector512<double> b)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Min(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone, and there the union of the bits is the NaN or the negative zero.
        return Avx512F.Min(a, b) | Avx512F.Min(b, a);
    }
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Min(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b)
    {
        if (!Sse.IsSupported)
        {
            return Vector128.Min(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone, and there the union of the bits is the NaN or the negative zero.
        return Sse.Min(a, b) | Sse.Min(b, a);
    }

    /// <inheritdoc cref="Vec256.Min(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Min(Vector128<double> a, Vector128<double> b)
    {
        if (!Sse2.IsSupported)
        {
            return Vector128.Min(a, b);
        }

        // The instruction answers with its second operand for a NaN and for two zeros, so the two orders differ in
        // those cases alone, and there the union of the bits is the NaN or the negative zero.
        return Sse2.Min(a, b) | Sse2.Min(b, a);
    }
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Min(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float a, float b) =>
        Vec128.Min(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    /// <inheritdoc cref="Vec256.Min(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Min(double a, double b) =>
        Vec128.Min(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();
}
