using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise reciprocal: <c>y[i] = 1/x[i]</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>±0 → ±∞, ±∞ → ±0, NaN stays. Gradient: −ȳ·y². Correctly rounded: a division, not an estimate.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Reciprocal(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new ReciprocalOp(), x, new Origin(file, line));
}

internal sealed record ReciprocalOp : UnaryElementwise
{
    public override string Name => "reciprocal";

    protected override KernelExpr Emit(KernelExpr x) => new ConstantExpr(x.Type, 1) / x;

    protected override double Evaluate(double x) => 1 / x;

    internal override InputGradients Gradient(GradientScope g) => [-g.Upstream * g.Output * g.Output];
}
