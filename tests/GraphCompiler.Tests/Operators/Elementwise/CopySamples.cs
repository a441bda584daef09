using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class CopySamples : UnarySamples<CopyOp>
{
    protected override Tensor Apply(Tensor x) => Tensor.Apply(new CopyOp(0), x, Origin.None);

    protected override DType[] Types => Enum.GetValues<DType>();

    public override Tolerance Tolerance => Tolerance.Exact;
}
