using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Sources;

internal sealed class VariableSamples : OperatorSamples<VariableOp>
{
    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(static type => new Sample[]
    {
        new("parameter", type, type.IsFloating(), s => s.Expect(s.Fed(s.Graph.Parameter(s.Unique("w"), type, [2, 3], Init.Zeros), [2, 3], ValuesOf.Listed(0, 1)), 2, 3)),
        new("state", type, type.IsFloating(), s => s.Expect(s.Fed(s.Graph.State(s.Unique("w"), type, [], Init.Zeros), [], ValuesOf.Listed(1)))),
        new("special values", type, false, s => s.Expect(s.Fed(s.Graph.Parameter(s.Unique("w"), type, [29], Init.Zeros), [29], ValuesOf.Special), 29)),
    });
}
