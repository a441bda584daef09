using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Sources;

internal sealed class IotaSamples : OperatorSamples<IotaOp>
{
    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples =>
    [
        .. new long[] { 0, 1, 5, 17 }.Select(static n => new Sample($"{n}", DType.Int32, false, s => s.Expect(s.Graph.Iota(n), n))),
        new("symbolic", DType.Int32, false, static s => s.Expect(s.Graph.Iota(s.Dims(SampleScope.N)[0]), SampleScope.N)) { Extents = [0, 1, 9] },
    ];
}
