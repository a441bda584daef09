using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Variance over axes: <c>y[kept] = (1/n)·Σ (x[kept, reduced] − mean)²</c>, in two passes, so that large means do not cancel.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="axes">Axes, counted from the front or, negative, from the back; all when null.</param>
    /// <param name="keepDims">Leaves reduced axes in place with extent 1.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape without the reduced axes; the same element type.</returns>
    /// <remarks>Divides by n, not n − 1. Empty: NaN. Never negative. A composition of <see cref="Mean"/>, <see cref="Subtract"/> and <see cref="Multiply"/>.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0104: an axis is out of range or repeated.</exception>
    public static Tensor Variance(
        this Tensor x, int[]? axes = null, bool keepDims = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Composite.RequireFloating("Variance", x, new Origin(file, line));
        var centred = x.Subtract(x.Mean(axes, keepDims: true, file, line), file, line);
        return centred.Multiply(centred, file, line).Mean(axes, keepDims, file, line);
    }
}
