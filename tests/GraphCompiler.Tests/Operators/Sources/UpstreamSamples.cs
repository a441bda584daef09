using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Sources;

internal sealed class UpstreamSamples : OperatorSamples<UpstreamOp>
{
    public override Tolerance Tolerance => Tolerance.Exact;

    public override bool IsCompiled => false;

    // It has no value of its own: it is fed here only so that the laws can ask for one.
    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64 }.SelectMany(static type => new Sample[]
    {
        new("scalar", type, false, s => s.Expect(s.Fed(Upstream(s), [], ValuesOf.Listed(1)))),
        new("matrix", type, false, s => s.Expect(s.Fed(Upstream(s, 2, 3), [2, 3], ValuesOf.Special), 2, 3)),
    });

    private static Tensor Upstream(SampleScope s, params long[] shape) =>
        s.Graph.Add(new UpstreamOp(0, new TensorType(s.Type, s.Dims(shape))), [], Origin.None).Results[0];
}
