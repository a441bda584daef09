using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// The functions of <see cref="Vec256"/> that are otherwise inlined, as calls: for what is left at the end of a line, and
/// for kernels that hold more functions than the JIT inlines into one method. The same bits; some 2 ns a call.
/// </summary>
public static class Call256
{
    /// <inheritdoc cref="Vec256.Exp(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Exp(Vector256<float> x) => Vec256.Exp(x);

    /// <inheritdoc cref="Vec256.Exp(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> Exp(Vector256<double> x) => Vec256.Exp(x);

    /// <inheritdoc cref="Vec256.Log(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Log(Vector256<float> x) => Vec256.Log(x);

    /// <inheritdoc cref="Vec256.Log(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> Log(Vector256<double> x) => Vec256.Log(x);

    /// <inheritdoc cref="Vec256.Tanh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Tanh(Vector256<float> x) => Vec256.Tanh(x);

    /// <inheritdoc cref="Vec256.Tanh(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> Tanh(Vector256<double> x) => Vec256.Tanh(x);

    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Vec256.Sigmoid(x);

    /// <inheritdoc cref="Vec256.Sigmoid(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> Sigmoid(Vector256<double> x) => Vec256.Sigmoid(x);

    /// <inheritdoc cref="Vec256.Erf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Erf(Vector256<float> x) => Vec256.Erf(x);

    /// <inheritdoc cref="Vec256.Erf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> Erf(Vector256<double> x) => Vec256.Erf(x);

    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> NormalCdf(Vector256<float> x) => Vec256.NormalCdf(x);

    /// <inheritdoc cref="Vec256.NormalCdf(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector256<double> NormalCdf(Vector256<double> x) => Vec256.NormalCdf(x);
}
