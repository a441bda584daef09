using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise logistic function: <c>y[i] = 1/(1 + e^−x[i])</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>−∞ → 0, +∞ → 1, NaN stays; no overflow on the way. Gradient: ȳ·y·(1 − y). Error bound: Runtime's <c>Vec256.Sigmoid</c>.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Sigmoid(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new SigmoidOp(), x, new Origin(file, line));
}

internal sealed record SigmoidOp : UnaryElementwise
{
    public override string Name => "sigmoid";

    protected override int Flops => 3;

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Sigmoid, x);

    protected override double Evaluate(double x) => PreciseExp.Sigmoid(x);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream * (g.Output * (1 - g.Output))];
}
