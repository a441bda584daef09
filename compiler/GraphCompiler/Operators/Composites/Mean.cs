using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Arithmetic mean over axes: <c>y[kept] = (1/n)·Σ x[kept, reduced]</c>, n the number of reduced elements of this run.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="axes">Axes, counted from the front or, negative, from the back; all when null.</param>
    /// <param name="keepDims">Leaves reduced axes in place with extent 1.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape without the reduced axes; the same element type.</returns>
    /// <remarks>Empty: NaN (0/0). Gradient: ȳ/n to every element. A composition of <see cref="Sum"/> and <see cref="Divide"/>.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0104: an axis is out of range or repeated.</exception>
    public static Tensor Mean(
        this Tensor x, int[]? axes = null, bool keepDims = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        var normalized = Reduction.Normalize(x, axes, "Mean", origin);
        Composite.RequireFloating("Mean", x, origin);
        Dim count = 1;
        foreach (var axis in normalized)
        {
            count *= x.Shape[axis];
        }

        var mean = Tensor.Apply(new SumOp(normalized), x, origin).Divide(x.Graph.Extent(count, x.DType, file, line), file, line);
        return keepDims ? Reduction.KeepDims(mean, normalized, x.Shape, origin) : mean;
    }
}
