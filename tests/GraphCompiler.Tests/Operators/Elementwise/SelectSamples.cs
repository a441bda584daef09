using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class SelectSamples : OperatorSamples<SelectOp>
{
    private const long N = SampleScope.N;

    private static readonly (long[] Condition, long[] WhenTrue, long[] WhenFalse, long[] Result)[] Shapes =
    [
        ([], [], [], []),
        ([5], [5], [5], [5]),
        ([0], [1], [], [0]),
        ([], [2, 3], [3], [2, 3]),
        ([2, 1], [3], [1, 1], [2, 3]),
        ([3], [2, 1], [], [2, 3]),
        ([2, 3, 4], [4], [3, 1], [2, 3, 4]),
        ([2, 1, 3, 1], [1, 2, 1, 2], [3, 2], [2, 2, 3, 2]),
        ([2, 0, 3], [3], [2, 0, 1], [2, 0, 3]),
    ];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(SamplesOf);

    public override IEnumerable<Edge> Edges =>
    [
        new(DType.Float32, static x => (x[0] > x[0]).Select(x[1], x[0]), [2, double.NaN], 2),
        new(DType.Float64, static x => x[0].EqualTo(x[0]).Select(x[0], x[1]), [-0.0, double.NaN], -0.0),
    ];

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        new("select-same", new("c ? x : x", DType.Float32, false, static s =>
        {
            var x = s.Leaf([29], ValuesOf.Special);
            s.Expect(s.Leaf(DType.Bool, [29], ValuesOf.Bools).Select(x, x), 29);
        })),
    ];

    private static IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating();
        var values = type == DType.Bool ? ValuesOf.Bools : ValuesOf.Between(-2, 2);
        foreach (var (condition, whenTrue, whenFalse, result) in Shapes)
        {
            yield return new($"[{string.Join(", ", condition)}] ? [{string.Join(", ", whenTrue)}] : [{string.Join(", ", whenFalse)}]", type, smooth, s =>
                s.Expect(s.Leaf(DType.Bool, condition, ValuesOf.Bools).Select(s.Leaf(whenTrue, values), s.Leaf(whenFalse, values)), result));
        }

        yield return new("special values", type, false, s =>
            s.Expect(s.Leaf(DType.Bool, [29], ValuesOf.Bools).Select(s.Leaf([29], ValuesOf.Special), s.Leaf([29], ValuesOf.Special)), 29));
        yield return new("transposed and every other", type, smooth, s => s.Expect(
            s.Leaf(DType.Bool, [3, 4], ValuesOf.Bools).Transpose().Select(s.Leaf([4, 6], values).Slice(1, 0, 3, 2), s.Leaf([3, 4], values).Transpose()), 4, 3));
        yield return new("symbolic", type, smooth, s => s.Expect(
            s.Leaf(DType.Bool, [N, 1], ValuesOf.Bools).Select(s.Leaf([N, 3], values), s.Leaf([3], values)), N, 3))
        { Extents = [0, 1, 2, 5, 17] };
    }
}
