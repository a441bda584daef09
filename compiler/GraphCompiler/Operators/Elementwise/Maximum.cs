using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise maximum: <c>y[i] = max(a[i], b[i])</c>.</summary>
    /// <param name="a">Any shape; float32, float64 or int32.</param>
    /// <param name="b">A shape that broadcasts with it; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, the same element type.</returns>
    /// <remarks>IEEE 754-2019 maximum: NaN if either is NaN, −0 &lt; +0; the same on every target. Gradient: ȳ to the larger; half to each where equal; nothing where NaN. Exact.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: they are not accepted.</exception>
    public static Tensor Max(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new MaximumOp(), a, b, new Origin(file, line));
}

internal sealed record MaximumOp : BinaryElementwise
{
    public override string Name => "max";

    protected override KernelExpr Emit(KernelExpr a, KernelExpr b) => new BinaryExpr(BinaryMachineOp.Max, a, b);

    protected override double Evaluate(double a, double b) => Math.Max(a, b);

    internal override InputGradients Gradient(GradientScope g) => Extremum.Gradient(g);
}
