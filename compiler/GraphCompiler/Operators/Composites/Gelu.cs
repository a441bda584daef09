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
    /// <remarks>±0 → ±0, +∞ → +∞, −∞ and NaN → NaN. Least value −0.17 at −0.75. The error is some ε·|x|, not relative to y. Gradient: ȳ·(Φ(x) + x·φ(x)), or that of the form with tanh. A composition; pointwise. Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating.</exception>
    public static Tensor Gelu(this Tensor x, bool approximate = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        Composite.RequireFloating("Gelu", x, new Origin(file, line));
        if (!approximate)
        {
            return x.Multiply(x.NormalCdf(file, line), file, line);
        }

        // (1 + tanh u)/2 is sigmoid 2u, which does not cancel where u is far below zero.
        const double TwiceRootTwoOverPi = 1.5957691216057308;
        var u = x.Multiply(Times(x.Multiply(x, file, line), TwiceRootTwoOverPi * 0.044715).Add(Constant(TwiceRootTwoOverPi), file, line), file, line);
        return x.Multiply(u.Sigmoid(file, line), file, line);

        Tensor Times(Tensor t, double factor) => t.Multiply(Constant(factor), file, line);

        Tensor Constant(double value) => x.Graph.Constant(value, x.DType, file, line);
    }
}
