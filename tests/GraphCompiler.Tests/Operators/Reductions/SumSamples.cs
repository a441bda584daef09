using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Reductions;

internal sealed class SumSamples : ReductionSamples<SumOp>
{
    protected override Tensor Apply(Tensor x, int[]? axes, bool keepDims) => x.Sum(axes, keepDims);

    protected override double Empty(DType type) => 0;

    public override Tolerance Tolerance => Tolerance.SumOfTerms;
}
