using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class ReciprocalSamples : UnarySamples<ReciprocalOp>
{
    protected override Tensor Apply(Tensor x) => x.Reciprocal();

    protected override Values Smooth => ValuesOf.Between(0.5, 3);

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, double.PositiveInfinity), (-0.0, double.NegativeInfinity), (double.PositiveInfinity, 0.0), (double.NegativeInfinity, -0.0), (double.NaN, double.NaN)];

    public override Tolerance Tolerance => Tolerance.Exact;
}
