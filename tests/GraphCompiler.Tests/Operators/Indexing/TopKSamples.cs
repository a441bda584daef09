using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Indexing;

internal sealed class TopKSamples : OperatorSamples<TopKOp>
{
    private const long N = SampleScope.N;

    private static readonly (long[] Shape, int K)[] Cases =
    [
        ([1], 1), ([5], 1), ([5], 5), ([7], 3), ([2, 4], 2), ([0, 4], 2), ([3, 1], 1), ([2, 3, 4], 2), ([2, 1, 2, 3], 3), ([N, 5], 2), ([2, N, 3], 1),
    ];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64, DType.Int32 }.SelectMany(SamplesOf);

    private static IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating();
        var values = ValuesOf.Distinct(-2, 2);
        foreach (var (shape, k) in Cases)
        {
            yield return new($"{k} of [{string.Join(", ", shape)}]", type, smooth, s => Expect(s, s.Leaf(shape, values), k, shape))
            {
                Extents = shape.Contains(N) ? [0, 1, 2, 5] : [],
            };
        }

        yield return new("special values", type, false, s => Expect(s, s.Leaf([23], ValuesOf.Special), 23, 23));
        yield return new("special values, rows", type, false, s => Expect(s, s.Leaf([4, 6], ValuesOf.Special), 3, 4, 6));
        yield return new("ties", type, false, s => Expect(s, s.Leaf([2, 6], ValuesOf.Listed(1, 3, 3, 1, 3, 2)), 4, 2, 6));
        if (smooth) // int32 has one zero
        {
            yield return new("zeros of both signs", type, false, s => Expect(s, s.Leaf([4], ValuesOf.Listed(-0.0, 0.0, -0.0, 0.0)), 4, 4));
        }

        yield return new("transposed", type, smooth, s => Expect(s, s.Leaf([5, 2], values).Transpose(), 2, 2, 5));
        yield return new("every other", type, smooth, s => Expect(s, s.Leaf([2, 9], values).Slice(1, 1, 4, 2), 2, 2, 4));
    }

    private static void Expect(SampleScope s, Tensor x, int k, params long[] shape)
    {
        var (result, indices) = x.TopK(k);
        s.Expect(result, [.. shape[..^1], k]);
        s.Expect(indices, DType.Int32, [.. shape[..^1], k]);
    }
}
