using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class TakeAlongAxisSamples : OperatorSamples
{
    private const long N = SampleScope.N;

    private static readonly (long[] X, long[] Labels)[] Shapes = [([3], []), ([1], []), ([4, 3], [4]), ([0, 3], [0]), ([2, 3, 4], [2, 3]), ([N, 3], [N])];

    public override Type? Operator => null;

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64 }.SelectMany(SamplesOf);

    private static IEnumerable<Sample> SamplesOf(DType type)
    {
        foreach (var (x, labels) in Shapes)
        {
            yield return new($"[{string.Join(", ", x)}]", type, true, s =>
                s.Expect(s.Leaf(x, ValuesOf.Between(-2, 2)).TakeAlongAxis(s.Leaf(DType.Int32, labels, ValuesOf.Indices(0, (int)x[^1]))), labels))
            {
                Extents = x.Contains(N) ? [0, 1, 2, 5] : [],
            };
        }

        yield return new("special values", type, false, static s =>
            s.Expect(s.Leaf([23, 2], ValuesOf.Special).TakeAlongAxis(s.Leaf(DType.Int32, [23], ValuesOf.Indices(0, 2))), 23));
        yield return new("labels out of range", type, false, static s =>
            s.Expect(s.Leaf([12, 2], ValuesOf.Between(-2, 2)).TakeAlongAxis(s.Leaf(DType.Int32, [12], ValuesOf.Special)), 12));
    }
}
