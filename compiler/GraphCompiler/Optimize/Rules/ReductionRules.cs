using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Optimize.Rules;

/// <summary>Reductions over less, or over tensors as they lie in memory. The terms of a sum keep their order.</summary>
internal static class ReductionRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("reduce-unit", "an axis of extent 1 is reduced by a reshape; a floating sum also adds its +0, which makes −0 to +0", static n =>
            n.Operator is Reduction op ? DropUnitAxes(op, n) : null),
        new("reduce-reshape", "axes of extent 1 that a reshape moves do not matter to a reduction over others", static n =>
            n.Operator is Reduction op && n.Inputs[0].Node is { Operator: ReshapeOp } reshape
                ? PullReshape(op, reshape, n.Results[0].Shape) : null),
        new("reduce-transpose", "a permuted tensor is reduced as it lies; a sum only where its terms keep their order", static n =>
            n.Operator is Reduction op && n.Inputs[0].Node is { Operator: TransposeOp } transpose ? PullTranspose(op, transpose) : null),
    ];

    private static Reduction Over(Reduction op, IEnumerable<int> axes) => op with { Axes = axes.ToEquatableArray() };

    private static Tensor Reshape(Tensor x, Shape shape) => Tensor.Apply(new ReshapeOp(shape), x, Origin.None);

    private static Tensor? DropUnitAxes(Reduction op, Node node)
    {
        var x = node.Inputs[0];
        var rest = op.Axes.Where(axis => x.Shape[axis] != 1).ToArray();
        if (rest.Length == op.Axes.Count && rest.Length > 0)
        {
            return null;
        }

        if (rest.Length > 0)
        {
            return Reshape(Tensor.Apply(Over(op, rest), x, Origin.None), node.Results[0].Shape);
        }

        var y = Reshape(x, node.Results[0].Shape);
        return op is SumOp && y.DType.IsFloating()
            ? Tensor.Binary(new AddOp(), y, node.Graph.Splat(0, y.DType, Shape.Scalar, Origin.None), Origin.None)
            : y;
    }

    private static Tensor? PullReshape(Reduction op, Node reshape, Shape shape)
    {
        var (from, to) = (Axes(reshape.Inputs[0].Shape), Axes(reshape.Results[0].Shape));
        var (x, y) = (reshape.Inputs[0], reshape.Results[0]);
        return from.Select(a => x.Shape[a]).SequenceEqual(to.Select(a => y.Shape[a])) && op.Axes.All(to.Contains)
            ? Reshape(Tensor.Apply(Over(op, op.Axes.Select(axis => from[to.IndexOf(axis)])), x, Origin.None), shape)
            : null;
    }

    private static ImmutableArray<int> Axes(Shape shape) => [.. Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] != 1)];

    private static Tensor? PullTranspose(Reduction op, Node transpose)
    {
        var permutation = ((TransposeOp)transpose.Operator).Permutation;
        var reduced = op.Axes.Select(axis => permutation[axis]).ToArray();
        if (op is SumOp && !reduced.SequenceEqual(reduced.Order()))
        {
            return null;
        }

        var result = Tensor.Apply(Over(op, reduced.Order()), transpose.Inputs[0], Origin.None);
        var kept = permutation.Where(axis => !reduced.Contains(axis)).ToArray();
        var ascending = kept.Order().ToArray();
        return Tensor.Apply(new TransposeOp(kept.Select(axis => Array.IndexOf(ascending, axis)).ToEquatableArray()), result, Origin.None);
    }
}
