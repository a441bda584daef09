using System.Globalization;

namespace GraphCompiler.Runtime.State;

/// <summary>The initial values that a parameter or a state can have.</summary>
/// <remarks>
/// Random values are keyed by seed and scoped name, so two parameters with the same seed differ, and adding a parameter
/// changes no other. They are computed in double and rounded to the variable's type: a float32 and a float64 model
/// start from the same numbers.
/// </remarks>
public static class Init
{
    /// <summary>All elements 0 (false).</summary>
    public static Initializer Zeros { get; } = new ConstantInitializer(0);

    /// <summary>All elements <paramref name="value"/>.</summary>
    /// <param name="value">
    /// Any number for floating variables (rounded to the type); an exact one for int32; 0 or 1 for bool.
    /// </param>
    public static Initializer Constant(double value) => new ConstantInitializer(value);

    /// <summary>
    /// Uniform between <paramref name="low"/> (included) and <paramref name="high"/> (excluded before rounding to the
    /// type).
    /// </summary>
    /// <param name="low">Finite.</param>
    /// <param name="high">Finite, at least <paramref name="low"/>.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="GraphException">GRC0425: the bounds are not finite, or not in order.</exception>
    public static Initializer Uniform(double low, double high, long seed) =>
        double.IsFinite(high - low) && low <= high
            ? new UniformInitializer(low, high, seed)
            : throw Refuse($"Init.Uniform requires finite bounds, low ≤ high: got {low:R} and {high:R}");

    /// <summary>Normal with the given mean and standard deviation.</summary>
    /// <param name="mean">Finite.</param>
    /// <param name="deviation">Finite, at least 0.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="GraphException">GRC0425: an argument is not finite, or the deviation is negative.</exception>
    public static Initializer Normal(double mean, double deviation, long seed) =>
        double.IsFinite(mean) && double.IsFinite(deviation) && deviation >= 0
            ? new NormalInitializer(mean, deviation, seed)
            : throw Refuse($"Init.Normal requires a finite mean and deviation ≥ 0: got {mean:R} and {deviation:R}");

    /// <summary>
    /// Uniform between ±√(6/(fanIn + fanOut)), for layers with tanh or sigmoid (Glorot, Bengio: Understanding the
    /// difficulty of training deep feedforward neural networks, AISTATS 2010).
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <remarks>
    /// The fans come from the shape. <c>[…, in, out]</c>: fanIn = in·field and fanOut = out·field, where field is the
    /// product of the leading extents (the receptive field of a convolution kernel <c>[height, width, in, out]</c>); a
    /// vector <c>[n]</c>: both are n; a scalar: both are 1. Kernels that are stacked for another reason want
    /// <see cref="Uniform"/> with bounds of their own.
    /// </remarks>
    public static Initializer Glorot(long seed) => new GlorotInitializer(seed);

    /// <summary>
    /// Normal with mean 0 and deviation √(2/fanIn), for layers with ReLU (He, Zhang, Ren, Sun: Delving deep into
    /// rectifiers, ICCV 2015).
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <remarks>The fan comes from the shape as it does for <see cref="Glorot"/>.</remarks>
    public static Initializer He(long seed) => new HeInitializer(seed);

    /// <summary>These values, in row-major order; copied.</summary>
    /// <param name="values">As many as the variable has elements.</param>
    public static Initializer Values(params float[] values) => ValuesInitializer.From(values);

    /// <inheritdoc cref="Values(float[])"/>
    public static Initializer Values(params double[] values) => ValuesInitializer.From(values);

    /// <inheritdoc cref="Values(float[])"/>
    public static Initializer Values(params int[] values) => ValuesInitializer.From(values);

    private static GraphException Refuse(FormattableString text) =>
        new("GRC0425", text.ToString(CultureInfo.InvariantCulture));
}
