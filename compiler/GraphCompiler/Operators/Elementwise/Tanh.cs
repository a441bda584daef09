using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise hyperbolic tangent: <c>y[i] = tanh x[i]</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>±∞ → ±1, ±0 → ±0, NaN stays. Gradient: ȳ·(1 − y²). Error bound: Runtime's <c>Vec256.Tanh</c>.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Tanh(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new TanhOp(), x, new Origin(file, line));
}

internal sealed record TanhOp : UnaryElementwise
{
    public override string Name => "tanh";

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Tanh, x);

    protected override double Evaluate(double x) => Math.Tanh(x);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream * (1 - (g.Output * g.Output))];
}
