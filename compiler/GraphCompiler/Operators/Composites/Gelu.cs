using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>
    /// Gaussian error linear unit: <c>y[i] = x/2·(1 + erf(x/√2))</c>, that is x times the normal distribution at x; or, approximately,
    /// <c>x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))</c>.
    /// </summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="approximate">The form with tanh, which differs by up to 4.8·10⁻⁴: for models that were trained with it. It is not the faster one.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>±0 → +0, +∞ → +∞, −∞ and NaN → NaN. Least value −0.17 at −0.75. Far below zero 1 + erf cancels: the error is some ε·|x|, not relative to y. Gradient: ȳ·(Φ(x) + x·φ(x)), or that of the form with tanh. A composition; pointwise. Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating.</exception>
    public static Tensor Gelu(this Tensor x, bool approximate = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        const double RootTwoOverPi = 0.7978845608028654;
        Composite.RequireFloating("Gelu", x, new Origin(file, line));
        var s = approximate
            ? x.Multiply(Times(x.Multiply(x, file, line), RootTwoOverPi * 0.044715).Add(Constant(RootTwoOverPi), file, line), file, line).Tanh(file, line)
            : Times(x, 0.7071067811865476).Erf(file, line);
        var half = Times(x, 0.5);
        return half.Multiply(s, file, line).Add(half, file, line);

        Tensor Times(Tensor t, double factor) => t.Multiply(Constant(factor), file, line);

        Tensor Constant(double value) => x.Graph.Constant(value, x.DType, file, line);
    }
}
