using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>One element of each line along an axis, chosen by index: <c>y[…] = x[…, indices[…], …]</c>.</summary>
    /// <param name="x">Any shape of rank 1 or more; float32 or float64.</param>
    /// <param name="indices">The shape of <paramref name="x"/> without the axis; int32.</param>
    /// <param name="axis">Counted from the front or, negative, from the back.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape of <paramref name="indices"/>, the element type of <paramref name="x"/>.</returns>
    /// <remarks>An index out of range gives NaN; nothing is read out of bounds. Gradient: ȳ at the chosen element, 0 elsewhere. A masked sum along the axis, so that it fuses with other reductions over the same lines; for few elements of long axes see <see cref="Gather"/>.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0104: the axis is out of range. GRC0105: indices of another shape or element type.</exception>
    public static Tensor TakeAlongAxis(
        this Tensor x, Tensor indices, int axis = -1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var origin = new Origin(file, line);
        axis = Composite.Axis("TakeAlongAxis", x, axis, origin);
        Composite.RequireFloating("TakeAlongAxis", x, origin);
        Composite.RequireLabels("TakeAlongAxis", x, axis, indices, origin);
        var graph = x.Graph;
        var extent = x.Shape[axis];
        var lines = Reduction.Restore(indices, [axis], x.Shape);
        var position = Tensor.Apply(new BroadcastOp(x.Shape, [axis]), graph.Iota(extent, file, line), origin);
        var zero = graph.Splat(0, x.DType, Shape.Scalar, origin);
        var chosen = position.EqualTo(lines, file, line).Select(x, zero, file, line).Sum([axis], keepDims: false, file, line);
        var inRange = graph.Splat(0, DType.Int32, Shape.Scalar, origin).LessOrEqual(indices, file, line)
            .And(indices.Less(graph.Extent(extent, DType.Int32, file, line), file, line), file, line);
        return inRange.Select(chosen, graph.Splat(double.NaN, x.DType, Shape.Scalar, origin), file, line);
    }
}
