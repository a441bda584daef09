using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class MultiplySamples : BinarySamples<MultiplyOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Multiply(b);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, -1, -0.0), (0.0, double.PositiveInfinity, double.NaN), (double.NegativeInfinity, -2, double.PositiveInfinity)];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        .. Types.Select(static type => Rewrite("multiply-one", "x·1", type, static (_, x) => x * 1)),
        .. Types.Select(static type => Rewrite("multiply-one", "1·x", type, static (_, x) => 1 * x)),
        .. Types.Select(static type => Rewrite("multiply-minus-one", "x·(−1)", type, static (_, x) => x * -1)),
        .. Types.Select(static type => Rewrite("multiply-minus-one", "(−1)·x", type, static (_, x) => -1 * x)),
    ];

    private static RewriteSample Rewrite(string rule, string name, DType type, Func<SampleScope, Tensor, Tensor> build) =>
        new(rule, new(name, type, false, s => s.Expect(build(s, s.Leaf([29], ValuesOf.Special)), 29)));
}
