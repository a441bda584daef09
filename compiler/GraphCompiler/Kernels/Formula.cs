using System.Collections.Immutable;
using System.Globalization;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Kernels;

/// <summary>Says what a node computes in the user's names: <c>h1 = relu(z1)</c>, <c>f = q · z</c>.</summary>
internal static class Formula
{
    private const int Depth = 3;

    /// <summary>Operands or results that are listed; of more, the first and the last one.</summary>
    private const int Listed = 16;

    public static string Of(Node node) =>
        $"{List(node.Results, static r => r.Name)} = {Right(node, Depth)}";

    private static string Right(Node node, int depth)
    {
        if (node.Inputs.Length > Listed)
        {
            return $"{node.Operator}({List(node.Inputs, i => Operand(i, depth - 1))})";
        }

        var x = node.Inputs.Select(i => Operand(i, depth - 1)).ToArray();
        return node.Operator switch
        {
            AddOp => $"{x[0]} + {x[1]}",
            SubtractOp => $"{x[0]} - {x[1]}",
            MultiplyOp => $"{x[0]} * {x[1]}",
            DivideOp => $"{x[0]} / {x[1]}",
            NegateOp => $"-{x[0]}",
            LessOp => $"{x[0]} < {x[1]}",
            LessOrEqualOp => $"{x[0]} <= {x[1]}",
            EqualOp => $"{x[0]} == {x[1]}",
            SelectOp => $"{x[0]} ? {x[1]} : {x[2]}",
            CopyOp => x[0],
            ExtentOp extent => extent.Extent.ToString(),
            ConstantOp { IsSplat: true } constant => Number(constant),
            ContractOp => $"{x[0]} . {x[1]}",
            _ => $"{node.Operator}({string.Join(", ", x)})",
        };
    }

    // A kernel says its formula wherever it stores a part of the result, so what it says must not grow with the parts.
    private static string List(ImmutableArray<Tensor> tensors, Func<Tensor, string> text) => tensors.Length > Listed
        ? $"{text(tensors[0])}, ..., {text(tensors[^1])}"
        : string.Join(", ", tensors.Select(text));

    // As the user would have written it: the shortest text that is the same number in the constant's type.
    private static string Number(ConstantOp constant) => constant.Type.DType == DType.Float32
        ? ((float)constant.Value(0)).ToString("R", CultureInfo.InvariantCulture)
        : constant.Value(0).ToString("R", CultureInfo.InvariantCulture);

    private static string Operand(Tensor tensor, int depth)
    {
        if (tensor.Names.Count > 0 && tensor.Node.Operator is not ConstantOp { IsSplat: true })
        {
            return tensor.Name;
        }

        return tensor.Node.Operator switch
        {
            ConstantOp { IsSplat: true } or ExtentOp => Right(tensor.Node, 0),
            ReshapeOp or BroadcastOp or StopGradientOp when depth >= 0 => Operand(tensor.Node.Inputs[0], depth),
            _ when depth > 0 && tensor.Node.Inputs.Length is 1 or 2 or 3 && tensor.Node.Results.Length == 1 => $"({Right(tensor.Node, depth - 1)})",
            _ => tensor.Id,
        };
    }
}
