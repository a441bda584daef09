using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise magnitude: <c>y[i] = |x[i]|</c>.</summary>
    /// <param name="x">Any shape; float32, float64 or int32.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>±0 → +0, NaN stays; int32: the most negative value stays (wraps). Gradient: ȳ where x &gt; 0, −ȳ where x &lt; 0, 0 at 0 and NaN. Exact.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Abs(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new AbsOp(), x, new Origin(file, line));
}

internal sealed record AbsOp : UnaryElementwise
{
    public override string Name => "abs";

    protected override bool AcceptsIntegers => true;

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Abs, x);

    protected override double Evaluate(double x) => Math.Abs(x);

    internal override InputGradients Gradient(GradientScope g) =>
        [Op.Select(g.X > g.Constant(0), g.Upstream, Op.Select(g.X < g.Constant(0), -g.Upstream, g.Constant(0)))];
}
