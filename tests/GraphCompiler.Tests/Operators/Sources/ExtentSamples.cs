using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Sources;

internal sealed class ExtentSamples : OperatorSamples<ExtentOp>
{
    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64, DType.Int32 }.SelectMany(static type => new Sample[]
    {
        new("symbol", type, false, s => s.Expect(s.Graph.Extent(s.Dims(SampleScope.N)[0], type))) { Extents = [0, 1, 7] },
        new("multiple", type, false, s => s.Expect(s.Graph.Extent(s.Dims(SampleScope.N)[0] * 6, type))) { Extents = [0, 1, 7] },
        new("square", type, false, s => s.Expect(s.Graph.Extent(s.Dims(SampleScope.N, SampleScope.N).ElementCount, type))) { Extents = [0, 1, 7] },
        new("constant", type, false, s => s.Expect(s.Graph.Extent(5, type))),
    });
}
