using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Repeats along axes of extent 1 and along new leading axes, as NumPy's broadcast_to.</summary>
    /// <param name="x">Any shape, any element type.</param>
    /// <param name="shape">A shape that <paramref name="x"/> broadcasts to.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape asked for, the same element type.</returns>
    /// <remarks>No copy. Element-wise operators broadcast by themselves; this is for the other ones. Gradient: ȳ summed over what was repeated.</remarks>
    /// <exception cref="GraphException">GRC0101: it does not broadcast to the shape.</exception>
    public static Tensor Broadcast(this Tensor x, Shape shape, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Broadcast(x, shape, new Origin(file, line));

    internal static Tensor Broadcast(Tensor x, Shape shape, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(x);
        var axes = Enumerable.Range(shape.Rank - x.Rank, x.Rank).ToEquatableArray();
        return Tensor.Apply(new BroadcastOp(shape, axes), x, origin);
    }
}

/// <summary>Axis i of the input becomes axis <c>Axes[i]</c> of the result; axes of extent 1 stretch, axes that are not named are new.</summary>
internal sealed record BroadcastOp(Shape To, EquatableArray<int> Axes) : Operator
{
    public override string Name => "broadcast";

    internal override bool IsView => true;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        var shape = s[0].Shape;
        var fits = Axes.Count == shape.Rank;
        for (var i = 0; fits && i < Axes.Count; i++)
        {
            fits = Axes[i] >= 0 && Axes[i] < To.Rank && (i == 0 || Axes[i] > Axes[i - 1]) && (shape[i] == 1 || shape[i] == To[Axes[i]]);
        }

        return fits ? [s[0].With(To)]
            : throw s.Error("GRC0101", "a shape that broadcasts to the one asked for", $"{s.Facts()}, asked for is {To}");
    }

    internal override InputGradients Gradient(GradientScope g)
    {
        var stretched = Enumerable.Range(0, To.Rank).Where(axis => IsStretched(g.X.Shape, axis)).ToEquatableArray();
        var sum = Tensor.Apply(new SumOp(stretched), g.Upstream, Origin.None);
        return [sum.Reshape(g.X.Shape)];
    }

    internal override Lowering Lower(LoweringScope s)
    {
        var shape = s.Node.Inputs[0].Shape;
        return new ViewLowering(index => [.. Axes.Select((axis, i) => shape[i] == 1 ? 0 : index[axis])]);
    }

    internal override void Reference(ReferenceScope r) =>
        r.Fill(i => r.X.At([.. Axes.Select((axis, d) => r.X.Shape[d] == 1 ? 0 : i[axis])]));

    internal override Cost Cost(Node node) => Operators.Cost.Free;

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("broadcast-same", "broadcasting to the own shape changes nothing", static n => n.Inputs[0].Type == n.Results[0].Type ? n.Inputs[0] : null),
        new("broadcast-constant", "one value everywhere stays one value everywhere", static n =>
            n.Inputs[0].Node.Operator is ConstantOp { IsSplat: true } constant
                ? n.Graph.Splat(constant.Value(0), n.Results[0].DType, n.Results[0].Shape, Origin.None) : null),
        new("broadcast-broadcast", "axes compose", static n =>
            n.Inputs[0].Node is { Operator: BroadcastOp inner } node
                ? Tensor.Apply(new BroadcastOp(n.Results[0].Shape, inner.Axes.Select(a => ((BroadcastOp)n.Operator).Axes[a]).ToEquatableArray()), node.Inputs[0], Origin.None)
                : null),
    ];

    private bool IsStretched(Shape shape, int axis)
    {
        var from = Axes.AsSpan().IndexOf(axis);
        return from < 0 || (shape[from] == 1 && To[axis] != 1);
    }

    public override string ToString() => $"broadcast{To}";
}
