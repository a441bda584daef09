using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Sources;

internal sealed class InputSamples : OperatorSamples<InputOp>
{
    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(static type => new Sample[]
    {
        new("scalar", type, type.IsFloating(), static s => s.Expect(s.Leaf([], ValuesOf.Listed(1)))),
        new("nothing", type, type.IsFloating(), static s => s.Expect(s.Leaf([0], ValuesOf.Special), 0)),
        new("special values", type, false, static s => s.Expect(s.Leaf([29], ValuesOf.Special), 29)),
        new("rank 4", type, type.IsFloating(), static s => s.Expect(s.Leaf([2, 1, 3, 2], ValuesOf.Listed(0, 1)), 2, 1, 3, 2)),
        new("symbolic", type, type.IsFloating(), static s => s.Expect(s.Leaf([SampleScope.N, 2], ValuesOf.Listed(1, 0)), SampleScope.N, 2)) { Extents = [0, 1, 5] },
    });
}
