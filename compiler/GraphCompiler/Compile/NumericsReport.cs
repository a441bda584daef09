using System.Globalization;
using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Compile;

/// <summary>What is told of a value that is not finite: whose it is, where, and what it was computed from.</summary>
internal static class NumericsReport
{
    public static GraphException Of(Tensor tensor, ReferenceArray value, long at, ReferenceArray[] operands)
    {
        var node = tensor.Node;
        var index = IndexOf(at, value.Shape);
        var count = value.Data.Count(static x => !double.IsFinite(x));
        var others = count > 1 ? $", as {count - 1} more of its {value.Data.LongLength} elements are not finite" : "";
        var origin = node.Origins.Count > 0 ? node.Origins[0] : Origin.None;
        return new GraphException(
            "GRC0470",
            $"CheckNumerics requires finite values: {What(tensor)} is {Text(value.Data[at], value.Type)}{Place(index)}{others}; {From(node, operands, index)}{Pass(node)}",
            origin.File,
            origin.Line);
    }

    private static string What(Tensor tensor) => tensor.Node.Operator switch
    {
        InputOp => $"input {tensor.Describe()}",
        VariableOp variable => $"{variable.Name} {tensor.Describe()}",
        _ => tensor.Names.Count > 0 ? $"{tensor.Describe()}, a result of {tensor.Node.Operator.Name}," : $"a result of {tensor.Node.Operator.Name}",
    };

    private static string From(Node node, ReferenceArray[] operands, long[] index)
    {
        if (node.Operator is InputOp)
        {
            return "it was fed so";
        }

        if (operands.Length == 0)
        {
            return node.Operator is ConstantOp ? "it was declared so" : "it was so before the run";
        }

        var isElementwise = node.Operator.IsElementwise;
        var texts = operands.Select((operand, i) =>
            $"{node.Inputs[i].Describe()} is {(isElementwise ? Text(operand.Broadcast(index), operand.Type) : Range(operand))}");
        return (isElementwise && index.Length > 0 ? "there " : "") + string.Join(", ", texts.Distinct());
    }

    private static string Pass(Node node) => node.GradientOf is not { } forward ? "; forward pass"
        : $"; backward pass, by the rule of {forward.Operator.Name}, which makes {forward.Results[0].Describe()}"
            + (forward.Results[0].Names.Count > 0 && forward.Origins.Count > 0 ? $" at {forward.Origins[0]}" : "");

    private static string Range(ReferenceArray operand)
    {
        var finite = operand.Data.Where(double.IsFinite).ToArray();
        var others = operand.Data.Length - finite.Length;
        var range = finite.Length == 0 ? $"of {operand.Data.LongLength} elements" : $"from {Text(finite.Min(), operand.Type)} to {Text(finite.Max(), operand.Type)}";
        return others == 0 ? range : $"{range}, {others} not finite";
    }

    private static string Place(long[] index) =>
        index.Length == 0 ? "" : $" at [{string.Join(", ", index.Select(static i => i.ToString(CultureInfo.InvariantCulture)))}]";

    private static string Text(double value, DType type) =>
        type == DType.Float32 ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);

    private static long[] IndexOf(long position, long[] shape)
    {
        var index = new long[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            index[axis] = position % shape[axis];
            position /= shape[axis];
        }

        return index;
    }
}
