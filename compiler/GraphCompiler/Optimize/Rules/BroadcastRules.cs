using System.Collections.Immutable;
using GraphCompiler.Operators;

namespace GraphCompiler.Optimize.Rules;

/// <summary>
/// Stretching moves outwards, so that work happens on the small tensor, and disappears where an elementwise operator
/// stretches by itself.
/// </summary>
internal static class BroadcastRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("broadcast-unit", "stretching nothing and inserting axes of extent 1 is a reshape", static n =>
            n.Operator is BroadcastOp { To: var to } && to.ElementCount == n.Inputs[0].Shape.ElementCount ? Reshape(n.Inputs[0], to) : null),
        new("broadcast-reshape", "axes of extent 1 need not be inserted before stretching inserts axes", static n =>
            n.Operator is BroadcastOp op && n.Inputs[0].Node is { Operator: ReshapeOp } reshape && Inserted(reshape) is { } axes
                ? Tensor.Apply(new BroadcastOp(op.To, axes.Select(a => op.Axes[a]).ToEquatableArray()), reshape.Inputs[0], Origin.None) : null),
        new("transpose-broadcast", "permuting a stretched tensor is stretching a permuted one, to other axes", static n =>
            n.Operator is TransposeOp op && n.Inputs[0].Node is { Operator: BroadcastOp } broadcast ? Permute(op, broadcast, n.Results[0].Shape) : null),
        new("elementwise-unbroadcast", "an elementwise operator stretches by itself, and where all its inputs were stretched its result can be", static n =>
            n.Operator.IsElementwise ? Unbroadcast(n) : null),
        new("elementwise-broadcast", "f of tensors stretched alike is f of the tensors, stretched", static n =>
            n.Operator.IsElementwise ? Sink(n) : null),
    ];

    private static Tensor Reshape(Tensor x, Shape shape) => Tensor.Apply(new ReshapeOp(shape), x, Origin.None);

    /// <summary>Where the axes of a reshape's input are in its result, or null where it does more than insert extents of 1.</summary>
    private static EquatableArray<int>? Inserted(Node reshape)
    {
        var (from, to) = (reshape.Inputs[0].Shape, reshape.Results[0].Shape);
        var axes = new List<int>();
        for (var axis = 0; axis < to.Rank; axis++)
        {
            if (axes.Count < from.Rank && from[axes.Count] == to[axis])
            {
                axes.Add(axis);
            }
            else if (to[axis] != 1)
            {
                return null;
            }
        }

        return axes.Count == from.Rank ? axes.ToEquatableArray() : null;
    }

    private static Tensor Permute(TransposeOp op, Node broadcast, Shape shape)
    {
        var axes = ((BroadcastOp)broadcast.Operator).Axes;
        var places = axes.Select(axis => op.Permutation.AsSpan().IndexOf(axis)).ToArray();
        var order = Enumerable.Range(0, places.Length).OrderBy(i => places[i]).ToEquatableArray();
        var permuted = Tensor.Apply(new TransposeOp(order), broadcast.Inputs[0], Origin.None);
        return Tensor.Apply(new BroadcastOp(shape, places.Order().ToEquatableArray()), permuted, Origin.None);
    }

    // Takes away what NumPy's rule would do anyway; large constants of one value are scalars in disguise.
    private static Tensor? Unbroadcast(Node node)
    {
        if (node.Inputs.All(static i => ReferenceEquals(Narrow(i), i)))
        {
            return null;
        }

        // Narrow inputs always broadcast: each fits the axes that it was stretched to.
        var result = node.Graph.Add(node.Operator, [.. node.Inputs.Select(Narrow)], Origin.None).Results[0];
        return Elementwise.Stretch(result, node.Results[0].Shape);
    }

    private static Tensor Narrow(Tensor tensor) => tensor.Node switch
    {
        { Operator: BroadcastOp op } node when IsTrailing(op.Axes, op.To.Rank) => node.Inputs[0],
        { Operator: ReshapeOp } node when IsTrailing(node.Inputs[0].Shape, tensor.Shape) => node.Inputs[0],
        { Operator: ConstantOp { IsSplat: true } op } when tensor.Rank > 0 =>
            tensor.Graph.Splat(op.Value(0), tensor.DType, Shape.Scalar, Origin.None),
        _ => tensor,
    };

    private static bool IsTrailing(EquatableArray<int> axes, int rank)
    {
        for (var i = 0; i < axes.Count; i++)
        {
            if (axes[i] != rank - axes.Count + i)
            {
                return false;
            }
        }

        return true;
    }

    // All that the reshape does is to put extents of 1 in front.
    private static bool IsTrailing(Shape from, Shape to) =>
        from.Rank < to.Rank && to.Skip(to.Rank - from.Rank).SequenceEqual(from);

    // For stretching that NumPy's rule does not know, as back over axes that a reduction took away. Scalars go along.
    private static Tensor? Sink(Node node)
    {
        var stretched = node.Inputs.FirstOrDefault(static i => i.Rank > 0);
        if (stretched?.Node is not { Operator: BroadcastOp op } broadcast)
        {
            return null;
        }

        var shape = broadcast.Inputs[0].Shape;
        var inputs = ImmutableArray.CreateBuilder<Tensor>(node.Inputs.Length);
        foreach (var input in node.Inputs)
        {
            if (input.Rank == 0)
            {
                inputs.Add(input);
            }
            else if (input.Node.Operator.Equals(op) && input.Node.Inputs[0].Shape == shape)
            {
                inputs.Add(input.Node.Inputs[0]);
            }
            else
            {
                return null;
            }
        }

        var result = node.Graph.Add(node.Operator, inputs.MoveToImmutable(), Origin.None).Results[0];
        return Tensor.Apply(op, result, Origin.None);
    }
}
