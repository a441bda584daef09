using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise product: <c>y[i] = a[i]·b[i]</c>.</summary>
    /// <param name="a">Any shape; float32, float64 or int32.</param>
    /// <param name="b">A shape that broadcasts with it; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, the same element type.</returns>
    /// <remarks>IEEE 754: 0·∞ = NaN; int32 wraps. Gradient: ȳ·b, ȳ·a. 1 flop.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: they are not accepted.</exception>
    public static Tensor Multiply(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new MultiplyOp(), a, b, new Origin(file, line));
}

internal sealed record MultiplyOp : BinaryElementwise
{
    public override string Name => "multiply";

    protected override KernelExpr Emit(KernelExpr a, KernelExpr b) => a * b;

    protected override double Evaluate(double a, double b) => a * b;

    protected override int EvaluateInteger(int a, int b) => unchecked(a * b);

    internal override InputGradients Gradient(GradientScope g) => [g.Needs(0) ? g.Upstream * g.Inputs[1] : null, g.Needs(1) ? g.Upstream * g.Inputs[0] : null];

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("multiply-one", "x·1 = x", static n =>
            ConstantOp.IsSplatOf(n.Inputs[1], 1) ? Rule.Same(n, 0) : ConstantOp.IsSplatOf(n.Inputs[0], 1) ? Rule.Same(n, 1) : null),
        new("multiply-minus-one", "x·(−1) = −x", static n =>
            ConstantOp.IsSplatOf(n.Inputs[1], -1) && Rule.Same(n, 0) is { } a ? Tensor.Apply(new NegateOp(), a, Origin.None)
            : ConstantOp.IsSplatOf(n.Inputs[0], -1) && Rule.Same(n, 1) is { } b ? Tensor.Apply(new NegateOp(), b, Origin.None) : null),
    ];
}
