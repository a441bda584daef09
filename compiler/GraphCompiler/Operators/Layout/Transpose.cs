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
    /// <summary>Permutes axes: axis i of the result is axis <c>permutation[i]</c> of <paramref name="x"/>.</summary>
    /// <param name="x">Any shape, any element type.</param>
    /// <param name="permutation">Each axis once; null reverses the order (the matrix transpose).</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The permuted shape, the same element type.</returns>
    /// <remarks>No copy where the consumer can read strides: matrix products can. Gradient: ȳ permuted back.</remarks>
    /// <exception cref="GraphException">GRC0108: not a permutation of the axes.</exception>
    public static Tensor Transpose(
        this Tensor x, int[]? permutation = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        var axes = permutation ?? [.. Enumerable.Range(0, x.Rank).Reverse()];
        return Tensor.Apply(new TransposeOp(EquatableArray.Create<int>(axes)), x, new Origin(file, line));
    }
}

internal sealed record TransposeOp(EquatableArray<int> Permutation) : Operator
{
    public override string Name => "transpose";

    internal override bool IsView => true;

    private EquatableArray<int> Inverse => Enumerable.Range(0, Permutation.Count).Select(i => Permutation.AsSpan().IndexOf(i)).ToEquatableArray();

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        var shape = s[0].Shape;
        return Permutation.Order().SequenceEqual(Enumerable.Range(0, shape.Rank))
            ? [s[0].With(Shape.Create([.. Permutation.Select(axis => shape[axis])]))]
            : throw s.Error("GRC0108", "each axis once", $"{s.Facts()}, the permutation is {Permutation}");
    }

    internal override InputGradients Gradient(GradientScope g) => [Tensor.Apply(new TransposeOp(Inverse), g.Upstream, Origin.None)];

    internal override Lowering Lower(LoweringScope s) =>
        new ViewLowering(index => [.. Inverse.Select(axis => index[axis])]);

    internal override void Reference(ReferenceScope r) =>
        r.Fill(i => r.X.At([.. Inverse.Select(axis => i[axis])]));

    internal override Cost Cost(Node node) => Operators.Cost.Free;

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("transpose-identity", "the identity permutation changes nothing", static n =>
            ((TransposeOp)n.Operator).Permutation.SequenceEqual(Enumerable.Range(0, n.Inputs[0].Rank)) ? n.Inputs[0] : null),
        new("transpose-transpose", "permutations compose", static n =>
            n.Inputs[0].Node is { Operator: TransposeOp inner } node
                ? Tensor.Apply(new TransposeOp(((TransposeOp)n.Operator).Permutation.Select(a => inner.Permutation[a]).ToEquatableArray()), node.Inputs[0], Origin.None)
                : null),
    ];

    public override string ToString() => $"transpose{Permutation}";
}
