using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class LessOrEqualSamples : ComparisonSamples<LessOrEqualOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.LessOrEqual(b);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, -0.0, 1), (double.NaN, double.NaN, 0), (1, double.NaN, 0)];
}
