using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws.Families;

/// <summary>The samples of every operator on bool.</summary>
internal abstract class LogicSamples<TOperator> : BinarySamples<TOperator>
    where TOperator : Operator
{
    protected sealed override DType[] Types => [DType.Bool];

    protected sealed override bool IsDifferentiable => false;

    public sealed override Tolerance Tolerance => Tolerance.Exact;
}
