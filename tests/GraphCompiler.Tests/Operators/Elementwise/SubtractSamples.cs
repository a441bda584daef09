using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class SubtractSamples : BinarySamples<SubtractOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Subtract(b);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, 0.0, 0.0), (-0.0, 0.0, -0.0), (double.PositiveInfinity, double.PositiveInfinity, double.NaN)];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        .. Types.Select(static type => Rewrite("subtract-zero", "x − 0", type, static (_, x) => x - 0.0)),
        .. Types.Select(static type => Rewrite("subtract-negate", "a − (−b)", type, static (s, a) => a - (-s.Leaf([29], ValuesOf.Special)))),
    ];

    private static RewriteSample Rewrite(string rule, string name, DType type, Func<SampleScope, Tensor, Tensor> build) =>
        new(rule, new(name, type, false, s => s.Expect(build(s, s.Leaf([29], ValuesOf.Special)), 29)));
}
