using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Reductions;

internal sealed class MinReduceSamples : ReductionSamples<MinReduceOp>
{
    protected override Tensor Apply(Tensor x, int[]? axes, bool keepDims) => x.Min(axes, keepDims);

    protected override double Empty(DType type) => type == DType.Int32 ? int.MaxValue : double.PositiveInfinity;

    public override Tolerance Tolerance => Tolerance.Exact;
}
