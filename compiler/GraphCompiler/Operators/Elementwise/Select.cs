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
    /// <summary>Element-wise choice: <c>y[i] = condition[i] ? whenTrue[i] : whenFalse[i]</c>.</summary>
    /// <param name="condition">Any shape; bool.</param>
    /// <param name="whenTrue">A shape that broadcasts with it; any element type.</param>
    /// <param name="whenFalse">A shape that broadcasts with both; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, the element type of the two values.</returns>
    /// <remarks>The value that is not chosen has no influence, NaN and ∞ included, on the result or on its gradient: ȳ to the chosen, 0 to the other, nothing to the condition. Exact.</remarks>
    /// <exception cref="GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: the condition is not bool.</exception>
    public static Tensor Select(
        this Tensor condition, Tensor whenTrue, Tensor whenFalse, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return condition.Graph.Add(new SelectOp(), [condition, whenTrue, whenFalse], new Origin(file, line)).Results[0];
    }
}

internal sealed record SelectOp : Operator
{
    public override string Name => "select";

    internal override bool Accepts(int inputs) => inputs == 3;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (s[0].DType != DType.Bool)
        {
            throw s.Error("GRC0103", "a bool condition", s.Facts());
        }

        return s[1].DType == s[2].DType ? [new TensorType(s[1].DType, Broadcasting.Combine(s))]
            : throw s.Error("GRC0102", "equal element types of both values", s.Facts());
    }

    internal override InputGradients Gradient(GradientScope g) =>
    [
        null,
        g.Needs(1) ? Op.Select(g.Inputs[0], g.Upstream, g.Constant(0)) : null,
        g.Needs(2) ? Op.Select(g.Inputs[0], g.Constant(0), g.Upstream) : null,
    ];

    internal override bool IsElementwise => true;

    internal override Lowering Lower(LoweringScope s) => new PointLowering(new SelectExpr(s.Input(0), s.Input(1), s.Input(2)));

    internal override void Reference(ReferenceScope r) =>
        r.Fill(i => r.Inputs[r.Inputs[0].Broadcast(i) != 0 ? 1 : 2].Broadcast(i));

    internal override Cost Cost(Node node) => Operators.Cost.PerElement(node, 1);

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("select-same", "c ? x : x = x", static n => ReferenceEquals(n.Inputs[1], n.Inputs[2]) ? Rule.Same(n, 1) : null),
    ];

    public override string ToString() => Name;
}
