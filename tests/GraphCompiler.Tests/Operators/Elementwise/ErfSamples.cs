using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class ErfSamples : UnarySamples<ErfOp>
{
    protected override Tensor Apply(Tensor x) => x.Erf();

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, 0.0), (-0.0, -0.0), (double.NegativeInfinity, -1), (double.PositiveInfinity, 1), (double.NaN, double.NaN), (7, 1), (-7, -1)];

    public override Tolerance Tolerance => Tolerance.Ulp(4);
}
