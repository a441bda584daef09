using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws.Families;

/// <summary>The samples of every comparison: numbers in, bool out.</summary>
internal abstract class ComparisonSamples<TOperator> : BinarySamples<TOperator>
    where TOperator : Operator
{
    protected sealed override bool IsDifferentiable => false;

    public sealed override Tolerance Tolerance => Tolerance.Exact;

    protected sealed override DType ResultType(DType type) => DType.Bool;
}
