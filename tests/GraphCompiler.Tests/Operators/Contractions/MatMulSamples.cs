using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Contractions;

// The method arranges axes for the contraction: every combination of ranks is its own case.
internal sealed class MatMulSamples : OperatorSamples
{
    private const long N = SampleScope.N;

    private static readonly (long[] A, long[] B, long[] Result)[] Cases =
    [
        ([4], [4], []),
        ([4], [4, 3], [3]),
        ([3, 4], [4], [3]),
        ([3, 4], [4, 2], [3, 2]),
        ([4], [2, 4, 3], [2, 3]),
        ([2, 3, 4], [4], [2, 3]),
        ([2, 3, 4], [4, 2], [2, 3, 2]),
        ([3, 4], [2, 4, 2], [2, 3, 2]),
        ([2, 3, 4], [2, 4, 2], [2, 3, 2]),
        ([2, 2, 3, 4], [2, 2, 4, 1], [2, 2, 3, 1]),
        ([3, 4], [2, 2, 4, 2], [2, 2, 3, 2]),
        ([N, 3], [3, 2], [N, 2]),
        ([N, 2, 3], [3, 2], [N, 2, 2]),
    ];

    public override Type? Operator => null;

    public override Tolerance Tolerance => Tolerance.SumOfTerms;

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64 }.SelectMany(static type => Cases.Select(c =>
        new Sample($"[{string.Join(", ", c.A)}]·[{string.Join(", ", c.B)}]", type, true, s =>
            s.Expect(s.Leaf(c.A, ValuesOf.Between(-2, 2)).MatMul(s.Leaf(c.B, ValuesOf.Between(-2, 2))), c.Result))
        {
            Extents = c.A.Contains(N) ? [0, 1, 2, 5] : [],
        }));
}
