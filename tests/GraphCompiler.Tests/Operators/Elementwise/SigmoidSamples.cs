using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class SigmoidSamples : UnarySamples<SigmoidOp>
{
    protected override Tensor Apply(Tensor x) => x.Sigmoid();

    protected override (double X, double Y)[] KnownValues =>
        [(double.NegativeInfinity, 0.0), (double.PositiveInfinity, 1), (double.NaN, double.NaN), (0.0, 0.5), (-1000, 0.0), (1000, 1)];

    public override Tolerance Tolerance => Tolerance.Ulp(4);
}
