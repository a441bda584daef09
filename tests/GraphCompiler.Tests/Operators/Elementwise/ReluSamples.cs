using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class ReluSamples : UnarySamples<ReluOp>
{
    protected override Tensor Apply(Tensor x) => x.Relu();

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, 0.0), (-0.0, -0.0), (-3, 0.0), (double.NegativeInfinity, 0.0), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN)];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<RewriteSample> Rewrites =>
        [.. Types.Select(static type => new RewriteSample("relu-relu", new("relu(relu(x))", type, false, s => s.Expect(s.Leaf([29], ValuesOf.Special).Relu().Relu(), 29))))];
}
