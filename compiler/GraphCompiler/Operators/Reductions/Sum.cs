using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Sum over axes: <c>y[kept] = Σ x[kept, reduced]</c>.</summary>
    /// <param name="x">Any shape; float32, float64 or int32.</param>
    /// <param name="axes">Axes, counted from the front or, negative, from the back; all when null. They may be empty: nothing is reduced.</param>
    /// <param name="keepDims">Leaves reduced axes in place with extent 1.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape without the reduced axes; the same element type.</returns>
    /// <remarks>Empty: 0. The order of additions is fixed by the shape alone, the same on every target and thread count; |error| ≤ 4·√n·ε·Σ|x|. int32 wraps. Gradient: ȳ to every element.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: bool. GRC0104: an axis is out of range or repeated.</exception>
    public static Tensor Sum(
        this Tensor x, int[]? axes = null, bool keepDims = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Reduction.Apply(static a => new SumOp(a), x, axes, keepDims, "Sum", new Origin(file, line));
}

internal sealed record SumOp(EquatableArray<int> Axes) : Reduction(Axes)
{
    public override string Name => "sum";

    protected override Combine Combine => Combine.Sum;

    protected override double Identity => 0;

    protected override double Evaluate(double sum, double x) => sum + x;

    internal override InputGradients Gradient(GradientScope g) => [Reduction.Restore(g.Upstream, Axes, g.X.Shape)];
}
