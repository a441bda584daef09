using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise negation of truth: <c>y[i] = ¬x[i]</c>.</summary>
    /// <param name="x">Any shape; bool.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape, bool.</returns>
    /// <remarks>No gradient flows through it. Exact.</remarks>
    /// <exception cref="GraphException">GRC0103: not bool.</exception>
    public static Tensor Not(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new NotOp(), x, new Origin(file, line));
}

internal sealed record NotOp : Operator
{
    public override string Name => "not";

    internal override EquatableArray<TensorType> Infer(InferScope s) =>
        s[0].DType == DType.Bool ? [s[0]] : throw s.Error("GRC0103", "bool", s.Facts());

    internal override InputGradients Gradient(GradientScope g) => [null];

    internal override bool IsElementwise => true;

    internal override Lowering Lower(LoweringScope s) => new PointLowering(new UnaryExpr(UnaryMachineOp.Not, s.Input(0)));

    internal override void Reference(ReferenceScope r) => r.Fill(i => r.X.At(i) == 0 ? 1 : 0);

    internal override Cost Cost(Node node) => Operators.Cost.PerElement(node, 1);

    public override string ToString() => Name;
}
