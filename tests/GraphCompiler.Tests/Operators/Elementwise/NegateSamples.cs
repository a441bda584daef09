using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class NegateSamples : UnarySamples<NegateOp>
{
    protected override Tensor Apply(Tensor x) => x.Negate();

    protected override DType[] Types => [DType.Float32, DType.Float64, DType.Int32];

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, -0.0), (-0.0, 0.0), (double.PositiveInfinity, double.NegativeInfinity), (double.NaN, double.NaN)];

    public override IEnumerable<Edge> Edges =>
        [.. base.Edges, new(DType.Int32, static x => x[0].Negate(), [int.MinValue], int.MinValue), new(DType.Int32, static x => x[0].Negate(), [0], 0)];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<RewriteSample> Rewrites =>
        [.. Types.Select(type => new RewriteSample("negate-negate", new("−(−x)", type, false, s => s.Expect(-(-s.Leaf([29], ValuesOf.Special)), 29))))];
}
