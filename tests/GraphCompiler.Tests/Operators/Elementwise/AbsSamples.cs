using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class AbsSamples : UnarySamples<AbsOp>
{
    protected override Tensor Apply(Tensor x) => x.Abs();

    protected override DType[] Types => [DType.Float32, DType.Float64, DType.Int32];

    protected override (double X, double Y)[] KnownValues =>
        [(-0.0, 0), (0.0, 0), (double.NegativeInfinity, double.PositiveInfinity), (double.NaN, double.NaN)];

    public override IEnumerable<Edge> Edges =>
        [.. base.Edges, new(DType.Int32, static x => x[0].Abs(), [int.MinValue], int.MinValue), new(DType.Int32, static x => x[0].Abs(), [0], 0)];

    public override Tolerance Tolerance => Tolerance.Exact;
}
