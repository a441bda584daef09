using System.Collections.Immutable;
using GraphCompiler.Operators;

namespace GraphCompiler.Optimize.Rules;

/// <summary>Slices, padding, concatenation and permutations that undo each other or do nothing.</summary>
internal static class LayoutRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("transpose-unit", "a permutation that moves only axes of extent 1 is a reshape", static n =>
            n.Operator is TransposeOp op && KeepsOrder(op, n.Inputs[0].Shape)
                ? Tensor.Apply(new ReshapeOp(n.Results[0].Shape), n.Inputs[0], Origin.None) : null),
        new("slice-whole", "a slice of the whole axis is the tensor", static n =>
            n.Operator is SliceOp { Start: 0, Step: 1 } && n.Inputs[0].Type == n.Results[0].Type ? n.Inputs[0] : null),
        new("slice-slice", "slices of one axis compose", static n =>
            n.Operator is SliceOp outer && n.Inputs[0].Node is { Operator: SliceOp inner } node && inner.Axis == outer.Axis
                ? Compose(inner, outer, node.Inputs[0]) : null),
        new("slice-pad", "a slice of just what was padded is what it was before", static n =>
            n.Operator is SliceOp slice && n.Inputs[0].Node is { Operator: PadOp pad } node && pad.Axis == slice.Axis
                && pad.Start == slice.Start && pad.Step == slice.Step && node.Inputs[0].Type == n.Results[0].Type ? node.Inputs[0] : null),
        new("slice-concatenate", "a slice within one part is a slice of that part", static n =>
            n.Operator is SliceOp slice && n.Inputs[0].Node is { Operator: ConcatenateOp concatenate } node && concatenate.Axis == slice.Axis
                ? WithinPart(slice, node) : null),
        new("pad-nothing", "padding to the own shape changes nothing", static n =>
            n.Operator is PadOp && n.Inputs[0].Type == n.Results[0].Type ? n.Inputs[0] : null),
        new("concatenate-one", "one part is the whole", static n => n.Operator is ConcatenateOp && n.Inputs.Length == 1 ? n.Inputs[0] : null),
        new("concatenate-empty", "parts without elements add nothing", static n =>
            n.Operator is ConcatenateOp op && n.Inputs.Any(i => i.Shape[op.Axis] == 0) ? WithoutEmpty(op, n) : null),
    ];

    private static bool KeepsOrder(TransposeOp op, Shape shape)
    {
        var moved = op.Permutation.Where(axis => shape[axis] != 1).ToArray();
        return moved.SequenceEqual(moved.Order());
    }

    // An empty slice may start beyond what the inner one holds, and the step of a single element is anything.
    private static Tensor? Compose(SliceOp inner, SliceOp outer, Tensor x)
    {
        if (outer.Length is not { IsConstant: true, Factor: > 0 and var length })
        {
            return null;
        }

        var step = length == 1 ? 1 : inner.Step * outer.Step;
        return Tensor.Apply(new SliceOp(outer.Axis, inner.Start + (inner.Step * outer.Start), length, step), x, Origin.None);
    }

    private static Tensor? WithinPart(SliceOp slice, Node concatenate)
    {
        if (slice.Length is not { IsConstant: true, Factor: > 0 and var length })
        {
            return null;
        }

        var (first, last) = (slice.Start, slice.Start + ((length - 1) * slice.Step));
        long start = 0;
        foreach (var part in concatenate.Inputs)
        {
            if (!part.Shape[slice.Axis].IsConstant)
            {
                return null;
            }

            var end = start + part.Shape[slice.Axis].Factor;
            if (first >= start && last < end)
            {
                return Tensor.Apply(slice with { Start = first - start }, part, Origin.None);
            }

            start = end;
        }

        return null;
    }

    private static Tensor WithoutEmpty(ConcatenateOp op, Node node)
    {
        var parts = node.Inputs.RemoveAll(i => i.Shape[op.Axis] == 0);
        return parts.IsEmpty ? node.Inputs[0] : node.Graph.Add(op, parts, Origin.None).Results[0];
    }
}
