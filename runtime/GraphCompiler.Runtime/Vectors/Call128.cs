using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

/// <inheritdoc cref="Call256"/>
public static class Call128
{
    /// <inheritdoc cref="Vec128.Exp(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> Exp(Vector128<float> x) => Vec128.Exp(x);

    /// <inheritdoc cref="Vec128.Exp(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> Exp(Vector128<double> x) => Vec128.Exp(x);

    /// <inheritdoc cref="Vec128.Log(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> Log(Vector128<float> x) => Vec128.Log(x);

    /// <inheritdoc cref="Vec128.Log(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> Log(Vector128<double> x) => Vec128.Log(x);

    /// <inheritdoc cref="Vec128.Tanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> Tanh(Vector128<float> x) => Vec128.Tanh(x);

    /// <inheritdoc cref="Vec128.Tanh(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> Tanh(Vector128<double> x) => Vec128.Tanh(x);

    /// <inheritdoc cref="Vec128.Sigmoid(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => Vec128.Sigmoid(x);

    /// <inheritdoc cref="Vec128.Sigmoid(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> Sigmoid(Vector128<double> x) => Vec128.Sigmoid(x);

    /// <inheritdoc cref="Vec128.Erf(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> Erf(Vector128<float> x) => Vec128.Erf(x);

    /// <inheritdoc cref="Vec128.Erf(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> Erf(Vector128<double> x) => Vec128.Erf(x);

    /// <inheritdoc cref="Vec128.NormalCdf(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> NormalCdf(Vector128<float> x) => Vec128.NormalCdf(x);

    /// <inheritdoc cref="Vec128.NormalCdf(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> NormalCdf(Vector128<double> x) => Vec128.NormalCdf(x);
}
