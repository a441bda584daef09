using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise negation: <c>y[i] = −x[i]</c>.</summary>
    /// <param name="x">Any shape; float32, float64 or int32.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>±0 → ∓0, NaN stays; int32 wraps. Gradient: −ȳ. Exact. 1 flop.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Negate(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new NegateOp(), x, new Origin(file, line));
}

internal sealed record NegateOp : UnaryElementwise
{
    public override string Name => "negate";

    protected override bool AcceptsIntegers => true;

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Negate, x);

    protected override double Evaluate(double x) => -x;

    internal override InputGradients Gradient(GradientScope g) => [-g.Upstream];

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("negate-negate", "−(−x) = x", static n => n.Inputs[0].Node is { Operator: NegateOp } inner ? inner.Inputs[0] : null),
    ];
}
