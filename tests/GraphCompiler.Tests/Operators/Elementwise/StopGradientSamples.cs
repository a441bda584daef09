using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

// Its derivative is zero by decree, which finite differences do not know: no sample is smooth.
internal sealed class StopGradientSamples : UnarySamples<StopGradientOp>
{
    protected override Tensor Apply(Tensor x) => x.StopGradient();

    protected override bool IsDifferentiable => false;

    protected override DType[] Types => Enum.GetValues<DType>();

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<RewriteSample> Rewrites =>
        [.. Types.Select(static type => new RewriteSample("stop-gradient", new("special values", type, false, s => s.Expect(s.Leaf([29], ValuesOf.Special).StopGradient(), 29))))];
}
