using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class ExpSamples : UnarySamples<ExpOp>
{
    protected override Tensor Apply(Tensor x) => x.Exp();

    protected override (double X, double Y)[] KnownValues =>
        [(double.NegativeInfinity, 0), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN), (0.0, 1), (-0.0, 1), (1000, double.PositiveInfinity), (-1000, 0)];
}
