using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Mean squared error: <c>y = (1/n)·Σ (a[i] − b[i])²</c> over all elements.</summary>
    /// <param name="a">Any shape; float32 or float64.</param>
    /// <param name="b">The same shape and element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>Gradient: ȳ·2(a − b)/n, and its negative.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0106: the shapes differ (broadcasting here is nearly always a mistake).</exception>
    public static Tensor MeanSquaredError(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        Composite.RequireFloating("MeanSquaredError", a, new Origin(file, line));
        if (a.Shape != b.Shape)
        {
            throw new GraphException("GRC0106", $"MeanSquaredError requires equal shapes: {a.Describe()} is {a.Type}, {b.Describe()} is {b.Type}", file, line);
        }

        var difference = a.Subtract(b, file, line);
        return difference.Multiply(difference, file, line).Mean(null, keepDims: false, file, line);
    }
}
