using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise distribution function of the standard normal distribution: <c>y[i] = Φ(x[i]) = 1/√(2π) · ∫ e^(−t²/2) dt</c> from −∞ to x[i], which is <c>(1 + erf(x/√2))/2</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>−∞ → 0, ±0 → ½, +∞ → 1, NaN stays. The error is bounded in units of ½, not of y: far below zero few digits are left, and 0 from −5.7 (float32) or −8.5 (float64) down. Gradient: ȳ·e^(−x²/2)/√(2π). Error bound: Runtime's <c>Vec256.NormalCdf</c>.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor NormalCdf(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new NormalCdfOp(), x, new Origin(file, line));
}

internal sealed record NormalCdfOp : UnaryElementwise
{
    private const double OneOverSqrtTwoPi = 0.3989422804014327;

    public override string Name => "normalcdf";

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.NormalCdf, x);

    protected override double Evaluate(double x) => PreciseExp.NormalCdf(x);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream * (OneOverSqrtTwoPi * (g.X * g.X * -0.5).Exp())];
}
