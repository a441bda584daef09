using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Minimum over axes: <c>y[kept] = min x[kept, reduced]</c>.</summary>
    /// <param name="x">Any shape; float32, float64 or int32.</param>
    /// <param name="axes">Axes, counted from the front or, negative, from the back; all when null. They may be empty: nothing is reduced.</param>
    /// <param name="keepDims">Leaves reduced axes in place with extent 1.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape without the reduced axes; the same element type.</returns>
    /// <remarks>IEEE 754-2019 minimum: NaN if any is NaN. Empty: +∞ (int32: the most positive). Gradient: ȳ shared equally by all elements that equal the minimum. Exact.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: bool. GRC0104: an axis is out of range or repeated.</exception>
    public static Tensor Min(
        this Tensor x, int[]? axes = null, bool keepDims = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Reduction.Apply(static a => new MinReduceOp(a), x, axes, keepDims, "Min", new Origin(file, line));
}

internal sealed record MinReduceOp(EquatableArray<int> Axes) : Reduction(Axes)
{
    public override string Name => "min_reduce";

    protected override Combine Combine => Combine.Min;

    protected override double Identity => double.PositiveInfinity;

    protected override double Evaluate(double sum, double x) => Math.Min(sum, x);

    internal override InputGradients Gradient(GradientScope g) => ExtremumReduction.Gradient(g, Axes);
}
