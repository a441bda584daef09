using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class OneHotSamples : OperatorSamples
{
    private static readonly long[][] Shapes = [[], [1], [0], [5], [2, 3], [SampleScope.N]];

    public override Type? Operator => null;

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64, DType.Int32, DType.Bool }.SelectMany(static type => Shapes.Select(shape =>
        new Sample($"[{string.Join(", ", shape)}]", type, false, s =>
            s.Expect(s.Leaf(DType.Int32, shape, ValuesOf.Indices(-1, 4)).OneHot(3, type), [.. shape, 3]))
        {
            Extents = shape.Contains(SampleScope.N) ? [0, 1, 5] : [],
        }));
}
