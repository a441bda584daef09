using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class MeanSquaredErrorSamples : OperatorSamples
{
    private static readonly long[][] Shapes = [[], [1], [5], [2, 3], [2, 1, 3, 2], [SampleScope.N, 2]];

    public override Type? Operator => null;

    public override Tolerance Tolerance => Tolerance.Epsilons(64);

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64 }.SelectMany(static type => Shapes.Select(shape =>
        new Sample($"[{string.Join(", ", shape)}]", type, true, s =>
            s.Expect(s.Leaf(shape, ValuesOf.Between(-2, 2)).MeanSquaredError(s.Leaf(shape, ValuesOf.Between(-2, 2)))))
        {
            Extents = shape.Contains(SampleScope.N) ? [1, 2, 5] : [],
        }));
}
