using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Reductions;

internal sealed class MaxReduceSamples : ReductionSamples<MaxReduceOp>
{
    protected override Tensor Apply(Tensor x, int[]? axes, bool keepDims) => x.Max(axes, keepDims);

    protected override double Empty(DType type) => type == DType.Int32 ? int.MinValue : double.NegativeInfinity;

    public override Tolerance Tolerance => Tolerance.Exact;
}
