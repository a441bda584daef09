using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class TanhSamples : UnarySamples<TanhOp>
{
    protected override Tensor Apply(Tensor x) => x.Tanh();

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, 0.0), (-0.0, -0.0), (double.NegativeInfinity, -1), (double.PositiveInfinity, 1), (double.NaN, double.NaN)];

    public override Tolerance Tolerance => Tolerance.Ulp(4);
}
