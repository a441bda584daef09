using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class LessSamples : ComparisonSamples<LessOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Less(b);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(-0.0, 0.0, 0), (double.NaN, 1, 0), (1, double.NaN, 0), (double.NegativeInfinity, double.PositiveInfinity, 1)];
}
