using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Cross-entropy of logits with integer labels: <c>y[i] = logsumexp(x[i, :]) − x[i, labels[i]]</c>, one loss for each row.</summary>
    /// <param name="logits"><c>[…, classes]</c>; float32 or float64.</param>
    /// <param name="labels"><c>[…]</c>, int32, in [0, classes).</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns><c>[…]</c>, the element type of the logits. <see cref="Mean"/> makes it a loss.</returns>
    /// <remarks>A label out of range gives NaN for its row (nothing is read out of bounds). Gradient: ȳ·(softmax(x) − onehot(labels)). With its gradient it is one row-block kernel.</remarks>
    /// <exception cref="GraphException">GRC0103: not floating. GRC0105: labels of another shape or element type.</exception>
    public static Tensor CrossEntropy(this Tensor logits, Tensor labels, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var origin = new Origin(file, line);
        var axis = Composite.Axis("CrossEntropy", logits, -1, origin);
        Composite.RequireFloating("CrossEntropy", logits, origin);
        Composite.RequireLabels("CrossEntropy", logits, axis, labels, origin);
        return logits.LogSumExp(-1, keepDims: false, file, line).Subtract(logits.TakeAlongAxis(labels, -1, file, line), file, line);
    }
}
