using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Softmax along an axis: <c>y = e^(x − m) / Σ e^(x − m)</c> with m the maximum, so that nothing overflows.</summary>
    /// <param name="x">Any shape of rank 1 or more; float32 or float64.</param>
    /// <param name="axis">Counted from the front or, negative, from the back.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type; sums to 1 along the axis.</returns>
    /// <remarks>−∞ → 0 beside a finite value; any +∞ or NaN, or all −∞: NaN. Gradient: y·(ȳ − Σ ȳ·y). One row-block kernel.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0104: the axis is out of range.</exception>
    public static Tensor Softmax(this Tensor x, int axis = -1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        axis = Composite.Axis("Softmax", x, axis, origin);
        Composite.RequireFloating("Softmax", x, origin);
        var e = x.Subtract(SoftmaxShift.Of(x, axis, file, line), file, line).Exp(file, line);
        // One division a row: a multiplication each costs a tenth of a division, and one more rounding.
        return e.Multiply(e.Sum([axis], keepDims: true, file, line).Reciprocal(file, line), file, line);
    }
}
