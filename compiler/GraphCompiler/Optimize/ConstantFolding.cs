using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Optimize;

/// <summary>Evaluates operators on constants by their definitions, rounded to their types.</summary>
internal static class ConstantFolding
{
    // Larger results are left to the run: generated code would have to carry them.
    private const int MaxElements = 4096;

    /// <summary>The value of a node whose inputs are all constants; null where there is none or it would be large.</summary>
    public static Tensor? Fold(Node node)
    {
        if (node.Inputs.IsEmpty || !node.Inputs.All(static i => i.Node.Operator is ConstantOp))
        {
            return null;
        }

        var result = node.Results[0];
        if (node.Operator.IsElementwise && node.Inputs.All(static i => ConstantOp.SplatOf(i) is not null))
        {
            var value = Evaluate(node, static i => i.With(Shape.Scalar)).Data[0];
            return node.Graph.Splat(Canonical(value, result.DType), result.DType, result.Shape, Origin.None);
        }

        // A stretched constant is a view of a small one: better than a large one.
        if (node.Operator is BroadcastOp || !IsSmall(result) || !node.Inputs.All(IsSmall))
        {
            return null;
        }

        var data = Evaluate(node, static i => i).Data;
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = Canonical(data[i], result.DType);
        }

        return node.Graph.Add(ConstantOp.Of(data, result.Type, Origin.None), [], Origin.None).Results[0];
    }

    private static ReferenceArray Evaluate(Node node, Func<TensorType, TensorType> type)
    {
        var graph = new Graph("constants");
        var inputs = node.Inputs.Select(i => graph.Add((ConstantOp)i.Node.Operator with { Type = type(i.Type) }, [], Origin.None).Results[0]);
        var folded = graph.Add(node.Operator, [.. inputs], Origin.None);
        return new Interpreter(rounding: true).Evaluate(folded.Results[0]);
    }

    private static bool IsSmall(Tensor tensor) =>
        tensor.Shape.IsConstant && tensor.Shape.ElementCount.Factor <= MaxElements;

    // Processors disagree on the sign of a NaN that they make; integers wrap, and have one zero.
    private static double Canonical(double value, DType type) =>
        double.IsNaN(value) ? double.NaN
        : type == DType.Int32 ? unchecked((int)(long)value)
        : value;
}
