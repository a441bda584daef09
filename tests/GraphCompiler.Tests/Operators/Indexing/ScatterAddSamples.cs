using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Indexing;

internal sealed class ScatterAddSamples : OperatorSamples<ScatterAddOp>
{
    private const long N = SampleScope.N;

    private static readonly (long[] X, long[] Indices, int Extent, int Axis, long[] Result)[] Cases =
    [
        ([], [], 3, 0, [3]),
        ([7], [7], 3, 0, [3]),
        ([0], [0], 3, 0, [3]),
        ([4], [4], 1, 0, [1]),
        ([5, 2], [5], 3, 0, [3, 2]),
        ([2, 5], [5], 3, 1, [2, 3]),
        ([2, 3, 2], [3, 2], 4, 1, [2, 4]),
        ([2, 3, 4], [3], 2, 1, [2, 2, 4]),
        ([2, 3, 1, 2], [3], 2, 1, [2, 2, 1, 2]),
        ([N, 2], [N], 3, 0, [3, 2]),
        ([N, 4], [4], 3, 1, [N, 3]),
    ];

    public override Tolerance Tolerance => Tolerance.SumOfTerms;

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64, DType.Int32 }.SelectMany(SamplesOf);

    private static IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating();
        var values = ValuesOf.Between(-2, 2);
        foreach (var (x, indices, extent, axis, result) in Cases)
        {
            yield return new($"[{string.Join(", ", x)}] to {extent} at [{string.Join(", ", indices)}] along {axis}", type, smooth, s =>
                s.Expect(s.Leaf(x, values).ScatterAdd(s.Leaf(DType.Int32, indices, ValuesOf.Indices(0, extent)), extent, axis), result))
            {
                Extents = x.Contains(N) ? [0, 1, 2, 5] : [],
            };
        }

        yield return new("some out of range", type, smooth, s =>
            s.Expect(s.Leaf([9, 2], values).ScatterAdd(s.Leaf(DType.Int32, [9], ValuesOf.Indices(-2, 5)), 3), 3, 2));
        yield return new("all out of range", type, smooth, s =>
            s.Expect(s.Leaf([4], values).ScatterAdd(s.Leaf(DType.Int32, [4], ValuesOf.Listed(-1, 3, int.MinValue, int.MaxValue)), 3), 3));
        yield return new("special values", type, false, s =>
            s.Expect(s.Leaf([23], ValuesOf.Special).ScatterAdd(s.Leaf(DType.Int32, [23], ValuesOf.Indices(0, 9)), 9), 9));
        yield return new("transposed, every other", type, smooth, s => s.Expect(
            s.Leaf([3, 5], values).Transpose().ScatterAdd(s.Leaf(DType.Int32, [11], ValuesOf.Indices(0, 4)).Slice(0, 1, 5, 2), 4), 4, 3));
    }
}
