using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class SqrtSamples : UnarySamples<SqrtOp>
{
    protected override Tensor Apply(Tensor x) => x.Sqrt();

    protected override Values Smooth => ValuesOf.Between(0.2, 4);

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, 0.0), (-0.0, -0.0), (-1, double.NaN), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN), (4, 2)];

    public override Tolerance Tolerance => Tolerance.Exact;
}
