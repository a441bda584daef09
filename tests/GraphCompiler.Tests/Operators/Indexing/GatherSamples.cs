using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Indexing;

internal sealed class GatherSamples : OperatorSamples<GatherOp>
{
    private const long N = SampleScope.N;

    private static readonly (long[] X, long[] Indices, int Axis, long[] Result)[] Cases =
    [
        ([5], [], 0, []),
        ([5], [7], 0, [7]),
        ([5], [0], 0, [0]),
        ([1], [3], 0, [3]),
        ([4, 3], [2], 0, [2, 3]),
        ([4, 3], [2], 1, [4, 2]),
        ([4, 3], [2, 2], -1, [4, 2, 2]),
        ([2, 3, 4], [5], 1, [2, 5, 4]),
        ([2, 3, 1, 2], [2], 1, [2, 2, 1, 2]),
        ([4, 0], [2], 0, [2, 0]),
        ([4, 3], [N], 0, [N, 3]),
        ([N, 3], [2], 1, [N, 2]),
    ];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(SamplesOf);

    public override IEnumerable<Edge> Edges =>
    [
        At(DType.Float32, 5, double.NaN),
        At(DType.Float64, -1, double.NaN),
        At(DType.Float32, int.MinValue, double.NaN),
        At(DType.Int32, int.MaxValue, 0),
        At(DType.Bool, 2, 0),
        At(DType.Float32, 1, 1),
    ];

    private static Edge At(DType type, int index, double result) =>
        new(type, x => x[0].Broadcast([2]).Gather(x[0].Graph.Constant(index, DType.Int32)), [1], result);

    private static IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating();
        var values = type == DType.Bool ? ValuesOf.Bools : ValuesOf.Between(-2, 2);
        foreach (var (x, indices, axis, result) in Cases)
        {
            var extent = (int)x[axis < 0 ? axis + x.Length : axis];
            yield return new($"[{string.Join(", ", x)}] at [{string.Join(", ", indices)}] along {axis}", type, smooth, s =>
                s.Expect(s.Leaf(x, values).Gather(s.Leaf(DType.Int32, indices, ValuesOf.Indices(0, extent)), axis), result))
            {
                Extents = result.Contains(N) ? [0, 1, 2, 5] : [],
            };
        }

        // NaN for those out of range does not depend on x: the gradient law would compare NaN.
        yield return new("out of range", type, false, s => s.Expect(s.Leaf([3, 2], values).Gather(s.Leaf(DType.Int32, [12], ValuesOf.Special)), 12, 2));
        yield return new("zero out of range", type, smooth, s => s.Expect(
            Tensor.Binary(new GatherOp(0, FillsNaN: false), s.Leaf([3, 2], values), s.Leaf(DType.Int32, [7], ValuesOf.Indices(-2, 5)), Origin.None), 7, 2));
        yield return new("from nothing", type, false, s => s.Expect(s.Leaf([0, 2], values).Gather(s.Leaf(DType.Int32, [3], ValuesOf.Special)), 3, 2));
        yield return new("special values", type, false, s => s.Expect(s.Leaf([23], ValuesOf.Special).Gather(s.Leaf(DType.Int32, [40], ValuesOf.Indices(0, 23))), 40));
        yield return new("transposed, every other", type, smooth, s => s.Expect(
            s.Leaf([3, 5], values).Transpose().Gather(s.Leaf(DType.Int32, [8], ValuesOf.Indices(0, 5)).Slice(0, 1, 3, 2)), 3, 3));
    }
}
