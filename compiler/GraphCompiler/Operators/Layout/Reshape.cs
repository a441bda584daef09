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
    /// <summary>The same elements in the same row-major order under another shape.</summary>
    /// <param name="x">Any shape, any element type.</param>
    /// <param name="shape">As many elements; one extent may be −1 and is then inferred.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape asked for, the same element type.</returns>
    /// <remarks>No copy: memory is read under other strides. Gradient: ȳ under the old shape.</remarks>
    /// <exception cref="GraphException">GRC0107: the numbers of elements differ.</exception>
    public static Tensor Reshape(this Tensor x, Shape shape, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Tensor.Apply(new ReshapeOp(ReshapeOp.Complete(x.Shape, shape)), x, new Origin(file, line));
    }
}

internal sealed record ReshapeOp(Shape To) : Operator
{
    public override string Name => "reshape";

    internal override bool IsView => true;

    internal override bool KeepsOrder => true;

    internal static Shape Complete(Shape from, Shape to)
    {
        var hole = to.ToList().FindIndex(static d => d == -1);
        var others = Shape.Create([.. to.Where(static d => d != -1)]);
        return hole >= 0 && others.Rank == to.Rank - 1 && from.ElementCount.TryDivide(others.ElementCount, out var missing)
            ? Shape.Create([.. to.Select((d, i) => i == hole ? missing : d)])
            : to;
    }

    internal override EquatableArray<TensorType> Infer(InferScope s) =>
        To.ElementCount == s[0].Shape.ElementCount && !To.Contains(-1) ? [s[0].With(To)]
        : throw s.Error("GRC0107", "as many elements as before", $"{s.Facts()}, the new shape is {To}");

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream.Reshape(g.X.Shape)];

    internal override Lowering Lower(LoweringScope s) => new ReshapeLowering();

    internal override void Reference(ReferenceScope r) => r.X.Data.CopyTo(r.Output.Data, 0);

    internal override Cost Cost(Node node) => Operators.Cost.Free;

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("reshape-same", "reshaping to the own shape changes nothing", static n => n.Inputs[0].Type == n.Results[0].Type ? n.Inputs[0] : null),
        new("reshape-reshape", "only the last shape counts", static n =>
            n.Inputs[0].Node is { Operator: ReshapeOp } inner ? Tensor.Apply(new ReshapeOp(n.Results[0].Shape), inner.Inputs[0], Origin.None) : null),
    ];

    public override string ToString() => $"reshape{To}";
}
