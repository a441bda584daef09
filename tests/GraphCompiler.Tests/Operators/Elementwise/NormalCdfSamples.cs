using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class NormalCdfSamples : UnarySamples<NormalCdfOp>
{
    protected override Tensor Apply(Tensor x) => x.NormalCdf();

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, 0.5), (-0.0, 0.5), (double.NegativeInfinity, 0.0), (double.PositiveInfinity, 1), (double.NaN, double.NaN), (9, 1), (-9, 0.0)];

    // Documented in units of ½.
    public override Tolerance Tolerance => Tolerance.Epsilons(2);
}
