using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise power: <c>y[i] = a[i]^b[i]</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="exponent">A shape that broadcasts with it; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, the same element type.</returns>
    /// <remarks>As C's pow: x^0 = 1 even for NaN, 1^y = 1, negative base with integer exponent is defined, otherwise NaN. Gradient: ȳ·b·a^(b−1) (0 where b is 0), and ȳ·y·ln a (0 where a is 0; NaN for negative a). Error bound: Runtime's <c>Vec256.Pow</c>.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: they are not accepted.</exception>
    public static Tensor Pow(this Tensor x, Tensor exponent, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new PowerOp(), x, exponent, new Origin(file, line));
}

internal sealed record PowerOp : BinaryElementwise
{
    public override string Name => "pow";

    protected override bool AcceptsIntegers => false;

    protected override KernelExpr Emit(KernelExpr a, KernelExpr b) => new BinaryExpr(BinaryMachineOp.Pow, a, b);

    // The square is the correctly rounded one, which a library's power misses now and then in float64.
    protected override double Evaluate(double a, double b) => b == 2 ? a * a : Math.Pow(a, b);

    internal override InputGradients Gradient(GradientScope g) =>
    [
        g.Needs(0) && ConstantOp.SplatOf(g.Inputs[1]) != 0 ? g.Upstream * BaseSlope(g) : null,
        g.Needs(1) ? g.Upstream * ExponentSlope(g) : null,
    ];

    // x⁰ is 1 everywhere, so its slope is 0 at 0 too, where b·x^(b−1) would be 0·∞. The base is replaced there, not the
    // result: slopes of this slope would meet the same 0·∞ behind a choice between results. A constant exponent is known
    // not to need this, and stays a constant.
    private static Tensor BaseSlope(GradientScope g)
    {
        var (x, exponent) = (g.Inputs[0], g.Inputs[1]);
        if (ConstantOp.SplatOf(exponent) is { } constant)
        {
            return exponent * Op.Pow(x, x.Graph.Splat(constant - 1, exponent.DType, exponent.Shape, Origin.None));
        }

        var leastNormal = g.Constant(x.DType == DType.Float32 ? 1.1754943508222875e-38 : 2.2250738585072014e-308); // below, 1/x overflows
        var isSingular = exponent.EqualTo(g.Constant(0)).And((x.Abs() >= leastNormal).Not());
        return exponent * Op.Pow(Op.Select(isSingular, g.Constant(1), x), exponent - 1);
    }

    // y·ln x, 0 where x is 0; there the logarithm is that of 1, for the same reason.
    private static Tensor ExponentSlope(GradientScope g)
    {
        var isZero = g.Inputs[0].EqualTo(g.Constant(0));
        return Op.Select(isZero, g.Constant(0), g.Output * Op.Select(isZero, g.Constant(1), g.Inputs[0]).Log());
    }

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("pow-one", "x^1 = x", static n => ConstantOp.IsSplatOf(n.Inputs[1], 1) ? Rule.Same(n, 0) : null),
        new("pow-two", "x^2 = x·x, correctly rounded", static n =>
            ConstantOp.IsSplatOf(n.Inputs[1], 2) && Rule.Same(n, 0) is { } x ? Tensor.Binary(new MultiplyOp(), x, x, Origin.None) : null),
    ];
}
