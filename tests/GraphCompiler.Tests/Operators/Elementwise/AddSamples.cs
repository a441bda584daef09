using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class AddSamples : BinarySamples<AddOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.Add(b);

    protected override (double A, double B, double Y)[] KnownValues =>
        [(0.0, -0.0, 0.0), (-0.0, -0.0, -0.0), (double.PositiveInfinity, double.NegativeInfinity, double.NaN)];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        Rewrite("add-zero", "x + (−0)", DType.Float32, static (_, x) => x + -0.0),
        Rewrite("add-zero", "(−0) + x", DType.Float64, static (_, x) => -0.0 + x),
        Rewrite("add-zero", "x + 0", DType.Int32, static (_, x) => x + 0),
        .. Types.Select(static type => Rewrite("add-negate", "a + (−b)", type, static (s, a) => a + (-s.Leaf([29], ValuesOf.Special)))),
        .. Types.Select(static type => Rewrite("negate-add", "(−a) + b", type, static (s, a) => -a + s.Leaf([29], ValuesOf.Special))),
    ];

    private static RewriteSample Rewrite(string rule, string name, DType type, Func<SampleScope, Tensor, Tensor> build) =>
        new(rule, new(name, type, false, s => s.Expect(build(s, s.Leaf([29], ValuesOf.Special)), 29)));
}
