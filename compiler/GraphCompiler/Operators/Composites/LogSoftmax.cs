using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Logarithm of softmax along an axis: <c>y = x − logsumexp(x)</c>, accurate where the probability is tiny.</summary>
    /// <param name="x">Any shape of rank 1 or more; float32 or float64.</param>
    /// <param name="axis">Counted from the front or, negative, from the back.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type.</returns>
    /// <remarks>Gradient: ȳ − softmax(x)·Σ ȳ.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0104: the axis is out of range.</exception>
    public static Tensor LogSoftmax(this Tensor x, int axis = -1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Composite.RequireFloating("LogSoftmax", x, new Origin(file, line));
        return x.Subtract(x.LogSumExp(axis, keepDims: true, file, line), file, line);
    }
}
