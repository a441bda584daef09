using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class NotEqualSamples : ComparisonSamples<NotEqualOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.NotEqualTo(b);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, -0.0, 0), (double.NaN, double.NaN, 1), (double.NaN, 1, 1)];
}
