using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Vectors;

/// <inheritdoc cref="Call256"/>
public static class CallScalar
{
    /// <inheritdoc cref="Scalar.Exp(float)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Exp(float x) => Scalar.Exp(x);

    /// <inheritdoc cref="Scalar.Exp(double)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double Exp(double x) => Scalar.Exp(x);

    /// <inheritdoc cref="Scalar.Log(float)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Log(float x) => Scalar.Log(x);

    /// <inheritdoc cref="Scalar.Log(double)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double Log(double x) => Scalar.Log(x);

    /// <inheritdoc cref="Scalar.Tanh(float)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Tanh(float x) => Scalar.Tanh(x);

    /// <inheritdoc cref="Scalar.Tanh(double)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double Tanh(double x) => Scalar.Tanh(x);

    /// <inheritdoc cref="Scalar.Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Sigmoid(float x) => Scalar.Sigmoid(x);

    /// <inheritdoc cref="Scalar.Sigmoid(double)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double Sigmoid(double x) => Scalar.Sigmoid(x);

    /// <inheritdoc cref="Scalar.Erf(float)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Erf(float x) => Scalar.Erf(x);

    /// <inheritdoc cref="Scalar.Erf(double)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double Erf(double x) => Scalar.Erf(x);

    /// <inheritdoc cref="Scalar.NormalCdf(float)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float NormalCdf(float x) => Scalar.NormalCdf(x);

    /// <inheritdoc cref="Scalar.NormalCdf(double)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double NormalCdf(double x) => Scalar.NormalCdf(x);
}
