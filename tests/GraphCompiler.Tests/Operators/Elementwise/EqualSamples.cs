using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class EqualSamples : ComparisonSamples<EqualOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.EqualTo(b);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, -0.0, 1), (double.NaN, double.NaN, 0), (double.PositiveInfinity, double.PositiveInfinity, 1)];
}
