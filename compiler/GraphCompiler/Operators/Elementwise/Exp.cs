using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise exponential: <c>y[i] = e^x[i]</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>−∞ → 0, +∞ → +∞, NaN stays; overflows to +∞ above 88.72 (float32) or 709.78 (float64), underflows gradually. Gradient: ȳ·y. Error bound: Runtime's <c>Vec256.Exp</c>.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Exp(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new ExpOp(), x, new Origin(file, line));
}

internal sealed record ExpOp : UnaryElementwise
{
    public override string Name => "exp";

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Exp, x);

    protected override double Evaluate(double x) => Math.Exp(x);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream * g.Output];
}
