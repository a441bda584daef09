using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>The same values, treated as a constant by differentiation: <c>y = x, ∂y/∂x = 0</c>.</summary>
    /// <param name="x">Any shape, any element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same type as <paramref name="x"/>.</returns>
    /// <remarks>Every value passes unchanged, NaN and −0 included. Gradient: none flows to <paramref name="x"/>. It vanishes when the graph is compiled.</remarks>
    public static Tensor StopGradient(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new StopGradientOp(), x, new Origin(file, line));
}

internal sealed record StopGradientOp : Operator
{
    public override string Name => "stop_gradient";

    internal override bool IsView => true;

    internal override bool KeepsOrder => true;

    internal override EquatableArray<TensorType> Infer(InferScope s) => [s[0]];

    internal override InputGradients Gradient(GradientScope g) => [null];

    internal override Lowering Lower(LoweringScope s) => new ViewLowering(static index => index);

    internal override void Reference(ReferenceScope r) => r.Fill(i => r.X.At(i));

    internal override Cost Cost(Node node) => Operators.Cost.Free;

    internal override System.Collections.Immutable.ImmutableArray<Optimize.Rule> Rewrites =>
    [
        new("stop-gradient", "after differentiation it is the identity", static n => n.Inputs[0]),
    ];

    public override string ToString() => Name;
}
