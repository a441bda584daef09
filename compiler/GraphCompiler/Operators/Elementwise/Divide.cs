using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise quotient: <c>y[i] = a[i]/b[i]</c>.</summary>
    /// <param name="a">Any shape; float32 or float64.</param>
    /// <param name="b">A shape that broadcasts with it; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, the same element type.</returns>
    /// <remarks>IEEE 754: x/0 = ±∞, 0/0 = NaN. Gradient: ȳ/b, −(ȳ/b)·y. Correctly rounded. 1 flop.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: they are not accepted.</exception>
    public static Tensor Divide(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new DivideOp(), a, b, new Origin(file, line));
}

internal sealed record DivideOp : BinaryElementwise
{
    public override string Name => "divide";

    protected override bool AcceptsIntegers => false;

    protected override KernelExpr Emit(KernelExpr a, KernelExpr b) => a / b;

    protected override double Evaluate(double a, double b) => a / b;

    // One quotient serves both: division is what costs here.
    internal override InputGradients Gradient(GradientScope g)
    {
        var quotient = g.Upstream / g.Inputs[1];
        return [g.Needs(0) ? quotient : null, g.Needs(1) ? -(quotient * g.Output) : null];
    }

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("divide-one", "x/1 = x", static n => ConstantOp.IsSplatOf(n.Inputs[1], 1) ? Rule.Same(n, 0) : null),
        new("divide-power-of-two", "x/2ᵏ = x·2⁻ᵏ, exactly, where both are normal", static n =>
            ConstantOp.SplatOf(n.Inputs[1]) is { } c && Math.ILogB(c) is > -100 and < 100 && Math.ScaleB(1, Math.ILogB(c)) == Math.Abs(c)
                ? Tensor.Binary(new MultiplyOp(), n.Inputs[0], n.Graph.Splat(1 / c, n.Inputs[1].DType, n.Inputs[1].Shape, Origin.None), Origin.None) : null),
    ];
}
