using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class MinimumSamples : BinarySamples<MinimumOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Min(b);

    protected override bool IsSmoothOnDiagonal => true;

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, -0.0, -0.0), (-0.0, 0.0, -0.0), (double.NaN, 1, double.NaN), (1, double.NaN, double.NaN), (double.PositiveInfinity, 1, 1)];

    public override Tolerance Tolerance => Tolerance.Exact;
}
