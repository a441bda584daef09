using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class MaximumSamples : BinarySamples<MaximumOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Max(b);

    protected override bool IsSmoothOnDiagonal => true;

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, -0.0, 0.0), (-0.0, 0.0, 0.0), (double.NaN, 1, double.NaN), (1, double.NaN, double.NaN), (double.NegativeInfinity, 1, 1)];

    public override Tolerance Tolerance => Tolerance.Exact;
}
