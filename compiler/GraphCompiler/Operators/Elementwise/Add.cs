using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise sum: <c>y[i] = a[i] + b[i]</c>.</summary>
    /// <param name="a">Any shape; float32, float64 or int32.</param>
    /// <param name="b">A shape that broadcasts with it; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, the same element type.</returns>
    /// <remarks>IEEE 754; int32 wraps. Gradient: ȳ, ȳ. 1 flop.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: they are not accepted.</exception>
    public static Tensor Add(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new AddOp(), a, b, new Origin(file, line));
}

internal sealed record AddOp : BinaryElementwise
{
    public override string Name => "add";

    protected override KernelExpr Emit(KernelExpr a, KernelExpr b) => a + b;

    protected override double Evaluate(double a, double b) => a + b;

    protected override int EvaluateInteger(int a, int b) => unchecked(a + b);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream, g.Upstream];

    internal override ImmutableArray<Rule> Rewrites =>
    [
        // Not +0: (−0) + (+0) = +0 would change the sign of a zero. Integers have one zero.
        new("add-zero", "x + (−0) = x; for int32 x + 0 = x", static n =>
            ConstantOp.IsAdditiveIdentity(n.Inputs[1]) ? Rule.Same(n, 0) : ConstantOp.IsAdditiveIdentity(n.Inputs[0]) ? Rule.Same(n, 1) : null),
        new("add-negate", "a + (−b) = a − b", static n =>
            n.Inputs[1].Node is { Operator: NegateOp } b ? Tensor.Binary(new SubtractOp(), n.Inputs[0], b.Inputs[0], Origin.None) : null),
        new("negate-add", "(−a) + b = b − a", static n =>
            n.Inputs[0].Node is { Operator: NegateOp } a ? Tensor.Binary(new SubtractOp(), n.Inputs[1], a.Inputs[0], Origin.None) : null),
    ];
}
