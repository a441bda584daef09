using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class PowerSamples : BinarySamples<PowerOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Pow(b);

    protected override DType[] Types => [DType.Float32, DType.Float64];

    protected override Values SmoothA => ValuesOf.Between(0.5, 2);

    protected override Values SmoothB => ValuesOf.Between(-2, 3);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(double.NaN, 0.0, 1), (1, double.NaN, 1), (-2, 3, -8), (-2, 0.5, double.NaN), (0.0, -1, double.PositiveInfinity), (-0.0, 3, -0.0)];

    public override Tolerance Tolerance => Tolerance.Ulp(4);

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        .. Types.Select(static type => Rewrite("pow-one", "x^1", type, static (s, x) => x.Pow(s.Graph.Constant(1, s.Type)))),
        .. Types.Select(static type => Rewrite("pow-two", "x^2", type, static (s, x) => x.Pow(s.Graph.Constant(2, s.Type)))),
    ];

    private static RewriteSample Rewrite(string rule, string name, DType type, Func<SampleScope, Tensor, Tensor> build) =>
        new(rule, new(name, type, false, s => s.Expect(build(s, s.Leaf([29], ValuesOf.Special)), 29)));
}
