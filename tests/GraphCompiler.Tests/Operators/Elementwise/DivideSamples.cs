using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class DivideSamples : BinarySamples<DivideOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Divide(b);

    protected override DType[] Types => [DType.Float32, DType.Float64];

    protected override Values SmoothB => ValuesOf.Between(0.5, 3);

    protected override Values SmoothA => ValuesOf.Between(0.5, 3);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(1, 0.0, double.PositiveInfinity), (1, -0.0, double.NegativeInfinity), (0.0, 0.0, double.NaN), (1, double.NegativeInfinity, -0.0)];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        .. Types.Select(static type => Rewrite("divide-one", "x/1", type, static (_, x) => x / 1)),
        .. Types.Select(static type => Rewrite("divide-power-of-two", "x/8", type, static (_, x) => x / 8)),
        .. Types.Select(static type => Rewrite("divide-power-of-two", "x/−0.125", type, static (_, x) => x / -0.125)),
    ];

    private static RewriteSample Rewrite(string rule, string name, DType type, Func<SampleScope, Tensor, Tensor> build) =>
        new(rule, new(name, type, false, s => s.Expect(build(s, s.Leaf([29], ValuesOf.Special)), 29)));
}
