using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Logarithm of a sum of exponentials along an axis: <c>y = m + ln Σ e^(x − m)</c> with m the maximum, so that nothing overflows.</summary>
    /// <param name="x">Any shape of rank 1 or more; float32 or float64.</param>
    /// <param name="axis">Counted from the front or, negative, from the back.</param>
    /// <param name="keepDims">Leaves the axis in place with extent 1.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape without the axis; the same element type.</returns>
    /// <remarks>All −∞: −∞; any +∞ (and no NaN): +∞; any NaN: NaN. Gradient: ȳ·softmax(x).</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0104: the axis is out of range.</exception>
    public static Tensor LogSumExp(this Tensor x, int axis = -1, bool keepDims = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        axis = Composite.Axis("LogSumExp", x, axis, origin);
        Composite.RequireFloating("LogSumExp", x, origin);
        var m = SoftmaxShift.Of(x, axis, file, line);
        var y = x.Subtract(m, file, line).Exp(file, line).Sum([axis], keepDims: true, file, line).Log(file, line).Add(m, file, line);
        return keepDims ? y : Tensor.Apply(new ReshapeOp(x.Shape.Without([axis])), y, origin);
    }
}
