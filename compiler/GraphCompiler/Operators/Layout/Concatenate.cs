using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Joins tensors along an axis, one behind the other.</summary>
    /// <param name="tensors">One or more; equal but for the extent of the axis.</param>
    /// <param name="axis">Counted from the front or, negative, from the back.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape with the sum of the extents at the axis.</returns>
    /// <remarks>Gradient: to each the part of ȳ that it became.</remarks>
    /// <exception cref="GraphException">GRC0102: the element types differ. GRC0104: the axis is out of range. GRC0106: other extents differ. GRC0111: the extents of the axis do not add up to one product. GRC0118: no tensors.</exception>
    public static Tensor Concatenate(
        IReadOnlyList<Tensor> tensors, int axis, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count == 0)
        {
            throw new GraphException("GRC0118", "Concatenate requires one tensor or more, got none", file, line);
        }

        var origin = new Origin(file, line);
        axis = Composite.Axis("Concatenate", tensors[0], axis, origin);
        return tensors[0].Graph.Add(new ConcatenateOp(axis), [.. tensors], origin).Results[0];
    }
}

internal sealed record ConcatenateOp(int Axis) : Operator
{
    public override string Name => "concatenate";

    internal override bool Accepts(int inputs) => inputs >= 1;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        s.SameType();
        s.FrontAxis(0, Axis);
        Dim extent = 0;
        for (var i = 0; i < s.Count; i++)
        {
            var (shape, first) = (s[i].Shape, s[0].Shape);
            if (shape.Rank != first.Rank || shape.Where((d, a) => a != Axis && d != first[a]).Any())
            {
                throw s.Error("GRC0106", $"equal shapes but for axis {Axis}", s.Facts());
            }

            extent += shape[Axis];
        }

        return [s[0].With(Shape.Create([.. s[0].Shape.Select((d, a) => a == Axis ? extent : d)]))];
    }

    internal override InputGradients Gradient(GradientScope g)
    {
        var parts = new Tensor?[g.Inputs.Length];
        Dim start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var extent = g.Inputs[i].Shape[Axis];
            if (!start.IsConstant || !extent.IsConstant)
            {
                return InputGradients.None($"axis {Axis} is symbolic, and a slice of a symbolic axis has no fixed place");
            }

            parts[i] = g.Needs(i) ? Tensor.Apply(new SliceOp(Axis, start.Factor, extent, 1), g.Upstream, Origin.None) : null;
            start += extent;
        }

        return InputGradients.Create(parts);
    }

    internal override Lowering Lower(LoweringScope s)
    {
        var regions = ImmutableArray.CreateBuilder<Region>();
        Dim start = 0;
        for (var i = 0; i < s.Node.Inputs.Length; i++)
        {
            var shape = s.Node.Inputs[i].Shape;
            var at = start;
            regions.Add(new Region(i, [.. shape.Select((_, a) => a == Axis ? at : 0)], [.. shape.Select(static _ => 1L)]));
            start += shape[Axis];
        }

        return new RegionsLowering(regions.ToImmutable(), fill: null);
    }

    internal override void Reference(ReferenceScope r)
    {
        var start = 0L;
        foreach (var input in r.Inputs)
        {
            ReferenceArray.ForEach(input.Shape, i =>
            {
                var at = (long[])i.Clone();
                at[Axis] += start;
                r.Output.At(at) = input.At(i);
            });
            start += input.Shape[Axis];
        }
    }

    internal override Cost Cost(Node node) => Operators.Cost.Move(node);

    public override string ToString() => $"concatenate[axis {Axis}]";
}
