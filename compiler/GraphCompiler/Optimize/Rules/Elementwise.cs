using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Shapes;

namespace GraphCompiler.Optimize.Rules;

/// <summary>What rules ask about elementwise operators before they make a node.</summary>
internal static class Elementwise
{
    /// <summary>The shape that inputs broadcast to, or null where they do not.</summary>
    public static Shape? ShapeOf(ImmutableArray<Tensor> inputs)
    {
        var shape = Shape.Scalar;
        foreach (var input in inputs)
        {
            if (!Broadcasting.TryCombine(shape, input.Shape, out shape))
            {
                return null;
            }
        }

        return shape;
    }

    /// <summary>The tensor, stretched by NumPy's rule where it has another shape.</summary>
    public static Tensor Stretch(Tensor tensor, Shape shape) =>
        tensor.Shape == shape ? tensor : Op.Broadcast(tensor, shape, Origin.None);
}
