using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Fuzz.Checks;

/// <summary>
/// Each node by itself: its definition, applied to the operands that the program itself computed, is what the program
/// computed of them. No error accumulates, so the bounds are those of one operator, and the first node that is wrong is
/// the one that is named.
/// </summary>
internal static class NodeCheck
{
    public static string? FirstProblem(Graph graph, Dictionary<Tensor, ReferenceArray> feeds, Cases.RunInput input, List<GraphRun.Result> results)
    {
        var values = new Dictionary<Tensor, ReferenceArray>(feeds);
        foreach (var ((_, tensor), result) in graph.Outputs.Zip(results))
        {
            values.TryAdd(tensor, new ReferenceArray(tensor.DType, tensor.Shape.Evaluate(input.ValueOf), result.Values));
        }

        foreach (var ((variable, value), result) in graph.Updates.Zip(results.Skip(graph.Outputs.Count)))
        {
            if (!result.Values.AsSpan().SequenceEqual(values[value].Data))
            {
                return $"{variable} is updated to another value than {value} has";
            }
        }

        foreach (var node in graph.Nodes.Where(n => n.Results.All(values.ContainsKey) && !feeds.ContainsKey(n.Results[0])))
        {
            ReferenceArray[] operands = [.. node.Inputs.Select(i => values[i])];
            var expected = Evaluator.Apply(node, operands, input.ValueOf);
            for (var r = 0; r < expected.Length; r++)
            {
                if (Problem(node, operands, expected[r], values[node.Results[r]], r, input) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static string? Problem(Node node, ReferenceArray[] operands, ReferenceArray expected, ReferenceArray actual, int result, Cases.RunInput input)
    {
        var bounds = Bounds(node, operands, expected, result, input);
        for (var i = 0; i < expected.Data.Length; i++)
        {
            var (a, e) = (actual.Data[i], expected.Data[i]);
            if (!a.Equals(e) && !(Math.Abs(a - e) <= bounds(i)))
            {
                return $"{node.Operator.Name} (node {node.Id}): {node}\n  element {i} is {a:R}, of its operands it is {e:R}, allowed are {bounds(i):R} of difference";
            }
        }

        return null;
    }

    private static Func<int, double> Bounds(Node node, ReferenceArray[] operands, ReferenceArray expected, int result, Cases.RunInput input)
    {
        var type = expected.Type;
        var op = node.Operator;
        if (!type.IsFloating() || Accuracy.IsExact(op) || Accuracy.IsCorrectlyRounded(op))
        {
            return static _ => 0;
        }

        if (Accuracy.IsSum(op))
        {
            var terms = Mapped(Math.Abs)[result].Data;
            var counts = Mapped(static _ => 1)[result].Data;
            return i => (Accuracy.SumFactor * Math.Sqrt(counts[i]) * Accuracy.Epsilon(type) * terms[i]) + Accuracy.Unit(0, type);
        }

        if (!Accuracy.MayFuse(op))
        {
            return i => Accuracy.Ulps * Accuracy.Unit(Math.Max(Math.Abs(expected.Data[i]), Accuracy.LeastMagnitude(op)), type);
        }

        // Half a unit of an operand that was a product, half a unit of the result.
        var magnitude = Evaluator.Apply(node, [.. operands.Select(o => Map(o, Math.Abs))], input.ValueOf)[result].Data;
        return i => Accuracy.Unit(Math.Max(Math.Abs(expected.Data[i]), op is Operators.AddOp ? magnitude[i] : LargestOperand(operands, node, i, input)), type);

        ReferenceArray[] Mapped(Func<double, double> map) => Evaluator.Apply(node, [.. operands.Select(o => Map(o, map))], input.ValueOf);
    }

    private static double LargestOperand(ReferenceArray[] operands, Node node, int element, Cases.RunInput input)
    {
        var shape = node.Results[0].Shape.Evaluate(input.ValueOf);
        var index = new long[shape.Length];
        for (var (axis, rest) = (shape.Length - 1, (long)element); axis >= 0; axis--)
        {
            (index[axis], rest) = (rest % shape[axis], rest / shape[axis]);
        }

        return operands.Max(o => Math.Abs(o.Broadcast(index)));
    }

    private static ReferenceArray Map(ReferenceArray array, Func<double, double> map) =>
        array.Type.IsFloating() ? new(array.Type, array.Shape, [.. array.Data.Select(map)]) : array;
}
