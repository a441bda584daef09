using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise leaky rectifier: <c>y[i] = x[i] &lt; 0 ? slope[i]·x[i] : x[i]</c>. Where the slope is a parameter it is learned, one for all or one for each channel.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="slope">A shape that broadcasts with it; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, the same element type.</returns>
    /// <remarks>NaN stays, −0 stays −0, −∞ → slope·−∞. Gradient: slope·ȳ where x &lt; 0, else ȳ; and x·ȳ where x &lt; 0, else 0. Correctly rounded (IEEE 754). Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: they are not accepted.</exception>
    public static Tensor LeakyRelu(this Tensor x, Tensor slope, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new LeakyReluOp(), x, slope, new Origin(file, line));
}

internal sealed record LeakyReluOp : BinaryElementwise
{
    public override string Name => "leaky_relu";

    protected override bool AcceptsIntegers => false;

    protected override KernelExpr Emit(KernelExpr x, KernelExpr slope) =>
        new SelectExpr(new BinaryExpr(BinaryMachineOp.Less, x, new ConstantExpr(x.Type, 0)), slope * x, x);

    protected override double Evaluate(double x, double slope) => x < 0 ? slope * x : x;

    internal override InputGradients Gradient(GradientScope g)
    {
        var (x, slope) = (g.Inputs[0], g.Inputs[1]);
        var leaks = x < g.Constant(0);
        return
        [
            g.Needs(0) ? Op.Select(leaks, slope * g.Upstream, g.Upstream) : null,
            g.Needs(1) ? Op.Select(leaks, x * g.Upstream, g.Constant(0)) : null,
        ];
    }
}
