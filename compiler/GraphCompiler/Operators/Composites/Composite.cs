using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

/// <summary>Checks that compositions share, so that an error names the method that the user called, not a part of it.</summary>
internal static class Composite
{
    public static void RequireFloating(string method, Tensor x, Origin origin)
    {
        if (!x.DType.IsFloating())
        {
            throw new GraphException("GRC0103", $"{method} requires a floating element type: {x.Describe()} is {x.Type}", origin.File, origin.Line);
        }
    }

    public static void RequireLabels(string method, Tensor x, int axis, Tensor labels, Origin origin)
    {
        var expected = x.Shape.Without([axis]);
        if (labels.DType != DType.Int32 || labels.Shape != expected)
        {
            throw new GraphException(
                "GRC0105", $"{method} requires one int32 label for each position: {x.Describe()} is {x.Type}, so labels are int32{expected}, but {labels.Describe()} is {labels.Type}", origin.File, origin.Line);
        }
    }

    public static int Axis(string method, Tensor x, int axis, Origin origin) => Reduction.Normalize(x, [axis], method, origin)[0];
}
