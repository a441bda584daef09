using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

/// <inheritdoc cref="Call256"/>
public static class Call512
{
    /// <inheritdoc cref="Vec512.Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Exp(Vector512<float> x) => Vec512.Exp(x);

    /// <inheritdoc cref="Vec512.Exp(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Exp(Vector512<double> x) => Vec512.Exp(x);

    /// <inheritdoc cref="Vec512.Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Log(Vector512<float> x) => Vec512.Log(x);

    /// <inheritdoc cref="Vec512.Log(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Log(Vector512<double> x) => Vec512.Log(x);

    /// <inheritdoc cref="Vec512.Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Tanh(Vector512<float> x) => Vec512.Tanh(x);

    /// <inheritdoc cref="Vec512.Tanh(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Tanh(Vector512<double> x) => Vec512.Tanh(x);

    /// <inheritdoc cref="Vec512.Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vec512.Sigmoid(x);

    /// <inheritdoc cref="Vec512.Sigmoid(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => Vec512.Sigmoid(x);

    /// <inheritdoc cref="Vec512.Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Erf(Vector512<float> x) => Vec512.Erf(x);

    /// <inheritdoc cref="Vec512.Erf(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Erf(Vector512<double> x) => Vec512.Erf(x);

    /// <inheritdoc cref="Vec512.NormalCdf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> NormalCdf(Vector512<float> x) => Vec512.NormalCdf(x);

    /// <inheritdoc cref="Vec512.NormalCdf(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> NormalCdf(Vector512<double> x) => Vec512.NormalCdf(x);
}
