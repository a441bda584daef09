using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise square root: <c>y[i] = √x[i]</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>x &lt; 0 → NaN, ±0 → ±0, +∞ → +∞, NaN stays. Gradient: ȳ/(2y), infinite at 0. Correctly rounded (IEEE 754).</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Sqrt(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new SqrtOp(), x, new Origin(file, line));
}

internal sealed record SqrtOp : UnaryElementwise
{
    public override string Name => "sqrt";

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Sqrt, x);

    protected override double Evaluate(double x) => Math.Sqrt(x);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream / (g.Output * 2)];
}
