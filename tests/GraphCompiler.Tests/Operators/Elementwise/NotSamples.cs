using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class NotSamples : UnarySamples<NotOp>
{
    protected override Tensor Apply(Tensor x) => x.Not();

    protected override DType[] Types => [DType.Bool];

    public override Tolerance Tolerance => Tolerance.Exact;
}
