using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise natural logarithm: <c>y[i] = ln x[i]</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>±0 → −∞, x &lt; 0 → NaN, +∞ → +∞, NaN stays. Gradient: ȳ/x. Error bound: Runtime's <c>Vec256.Log</c>.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Log(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new LogOp(), x, new Origin(file, line));
}

internal sealed record LogOp : UnaryElementwise
{
    public override string Name => "log";

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Log, x);

    protected override double Evaluate(double x) => Math.Log(x);

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream / g.X];
}
