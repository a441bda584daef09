using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>One-hot rows: <c>y[…, j] = (j = labels[…])</c> as 0 or 1.</summary>
    /// <param name="labels">Any shape, int32.</param>
    /// <param name="classes">Extent of the new last axis.</param>
    /// <param name="type">Element type of the result.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns><c>[…, classes]</c>.</returns>
    /// <remarks>A label out of range gives a row of zeros. Compared and converted on the fly: consumers fuse it.</remarks>
    /// <exception cref="GraphException">GRC0102: the labels are not int32.</exception>
    public static Tensor OneHot(
        this Tensor labels, Dim classes, DType type = DType.Float32, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var column = Tensor.Apply(new ReshapeOp([.. labels.Shape, 1]), labels, new Origin(file, line));
        return column.EqualTo(labels.Graph.Iota(classes, file, line), file, line).Cast(type, file, line);
    }
}
