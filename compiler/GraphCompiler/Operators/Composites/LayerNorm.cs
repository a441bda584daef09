using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>
    /// Layer normalisation over the last axes: <c>y = (x − mean)/√(variance + epsilon)·gamma + beta</c>, mean and variance of each
    /// row, the variance as the mean of squared deviations, so that large means do not cancel.
    /// </summary>
    /// <param name="x">Rank 1 or more; float32 or float64.</param>
    /// <param name="gamma">Scale, of the shape of the normalised axes and of the type of x; none when null.</param>
    /// <param name="beta">Shift, likewise.</param>
    /// <param name="epsilon">Added to the variance: keeps constant rows finite.</param>
    /// <param name="axes">How many of the last axes are normalised together.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>Divides by n, not n − 1. A row with ∞ or NaN is NaN. Gradient: that of its parts, the mean's and the variance's included. A composition: one row-block kernel. Source: Ba, Kiros, Hinton, "Layer normalization", 2016.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0104: more axes than x has, or none. GRC0106: gamma or beta has another shape. GRC0102: or another element type.</exception>
    public static Tensor LayerNorm(
        this Tensor x, Tensor? gamma = null, Tensor? beta = null, double epsilon = 1e-5, int axes = 1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        var origin = new Origin(file, line);
        Composite.RequireFloating("LayerNorm", x, origin);
        if (axes < 1 || axes > x.Rank)
        {
            throw new GraphException("GRC0104", $"LayerNorm requires 1 to {x.Rank} axes: {x.Describe()} is {x.Type}, asked for {axes}", file, line);
        }

        RequireRow("gamma", gamma);
        RequireRow("beta", beta);
        int[] last = [.. Enumerable.Range(x.Rank - axes, axes)];
        var centred = x.Subtract(x.Mean(last, keepDims: true, file, line), file, line);
        var variance = centred.Multiply(centred, file, line).Mean(last, keepDims: true, file, line);
        var deviation = variance.Add(x.Graph.Constant(epsilon, x.DType, file, line), file, line).Sqrt(file, line);
        var y = centred.Multiply(deviation.Reciprocal(file, line), file, line);
        y = gamma is null ? y : y.Multiply(gamma, file, line);
        return beta is null ? y : y.Add(beta, file, line);

        void RequireRow(string name, Tensor? row)
        {
            if (row is not null && !row.Shape.SequenceEqual(x.Shape.Skip(x.Rank - axes)))
            {
                throw new GraphException(
                    "GRC0106", $"LayerNorm requires {name} of the shape of the last {axes} axes: {x.Describe()} is {x.Type}, {row.Describe()} is {row.Type}", file, line);
            }
        }
    }
}
