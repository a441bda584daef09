using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Rectifier: <c>x &lt; 0 ? 0 : x</c>, exact.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>+0 for negative x, −∞ included; x itself otherwise: −0 stays −0, NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Relu(Vector256<float> x) =>
        Avx.IsSupported
            ? Avx.Max(Vector256<float>.Zero, x) // the second operand where either is NaN or both are zeros
            : Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.Zero, x);

    /// <inheritdoc cref="Vec256.Relu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Relu(Vector256<double> x) =>
        Avx.IsSupported
            ? Avx.Max(Vector256<double>.Zero, x) // the second operand where either is NaN or both are zeros
            : Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<double>.Zero), Vector256<double>.Zero, x);
}

public static partial class Vec512
{
    /// <inheritdoc cref="Vec256.Relu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu(Vector512<float> x) => default(Lanes512Single).AtLeast(x, 0f);

    /// <inheritdoc cref="Vec256.Relu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Relu(Vector512<double> x) => default(Lanes512Double).AtLeast(x, 0.0);
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.Relu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Relu(Vector128<float> x) =>
        Sse.IsSupported
            ? Sse.Max(Vector128<float>.Zero, x) // the second operand where either is NaN or both are zeros
            : Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<float>.Zero), Vector128<float>.Zero, x);

    /// <inheritdoc cref="Vec256.Relu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Relu(Vector128<double> x) =>
        Sse2.IsSupported
            ? Sse2.Max(Vector128<double>.Zero, x) // the second operand where either is NaN or both are zeros
            : Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<double>.Zero), Vector128<double>.Zero, x);
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.Relu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu(float x) => x < 0 ? 0 : x;

    /// <inheritdoc cref="Vec256.Relu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Relu(double x) => x < 0 ? 0 : x;
}
