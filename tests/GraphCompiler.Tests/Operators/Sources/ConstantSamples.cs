using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Sources;

internal sealed class ConstantSamples : OperatorSamples<ConstantOp>
{
    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(static type => new Sample[]
    {
        new("scalar", type, false, s => s.Expect(s.Graph.Constant(1.5, type))),
        new("vector", type, false, s => s.Expect(s.Graph.Constant([1, 2, -3], [3], type), 3)),
        new("nothing", type, false, s => s.Expect(s.Graph.Constant([], [0, 2], type), 0, 2)),
        new("one value everywhere", type, false, s => s.Expect(s.Graph.Constant([2, 2, 2, 2], [2, 2], type), 2, 2)),
        new("special values", type, false, s =>
            s.Expect(s.Graph.Constant(ValuesOf.Specials(type), [ValuesOf.Specials(type).Length], type), ValuesOf.Specials(type).Length)),
        new("symbolic", type, false, s => s.Expect(s.Graph.Splat(3, type, s.Dims(SampleScope.N, 2), Origin.None), SampleScope.N, 2)) { Extents = [0, 1, 4] },
        new("rank 4", type, false, s => s.Expect(s.Graph.Constant([.. Enumerable.Range(0, 12).Select(static i => (double)i)], [2, 1, 3, 2], type), 2, 1, 3, 2)),
    });
}
