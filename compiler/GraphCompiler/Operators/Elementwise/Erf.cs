using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise error function: <c>y[i] = 2/√π · ∫ e^(−t²) dt</c> from 0 to x[i]; (1 + erf(x/√2))/2 is the normal distribution.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>±∞ → ±1, ±0 → ±0, NaN stays. Gradient: ȳ·2/√π·e^(−x²). Error bound: Runtime's <c>Vec256.Erf</c>.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Erf(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new ErfOp(), x, new Origin(file, line));
}

internal sealed record ErfOp : UnaryElementwise
{
    private const double TwoOverSqrtPi = 1.1283791670955126;

    public override string Name => "erf";

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Erf, x);

    protected override double Evaluate(double x) => PreciseExp.Erf(x);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream * (TwoOverSqrtPi * (-(g.X * g.X)).Exp())];
}
