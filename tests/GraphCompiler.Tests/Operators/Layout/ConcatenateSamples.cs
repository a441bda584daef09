using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Layout;

internal sealed class ConcatenateSamples : OperatorSamples<ConcatenateOp>
{
    private const long N = SampleScope.N;

    private static readonly (int Axis, long[][] Parts, long[] Result)[] Cases =
    [
        (0, [[3]], [3]),
        (0, [[3], [2]], [5]),
        (0, [[0], [2], [0], [1]], [3]),
        (-1, [[2, 3], [2, 1]], [2, 4]),
        (0, [[2, 3], [1, 3], [4, 3]], [7, 3]),
        (1, [[2, 3, 2], [2, 1, 2]], [2, 4, 2]),
        (2, [[2, 1, 3, 2], [2, 1, 1, 2]], [2, 1, 4, 2]),
        (1, [[N, 3], [N, 2]], [N, 5]),
    ];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(SamplesOf);

    private static IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating();
        var values = type == DType.Bool ? ValuesOf.Bools : ValuesOf.Between(-2, 2);
        foreach (var (axis, parts, result) in Cases)
        {
            var name = string.Join(" and ", parts.Select(static p => $"[{string.Join(", ", p)}]"));
            yield return new($"{name} along {axis}", type, smooth, s => s.Expect(Op.Concatenate([.. parts.Select(p => s.Leaf(p, values))], axis), result))
            {
                Extents = result.Contains(N) ? [0, 1, 2, 5] : [],
            };
        }

        yield return new("special values", type, false, s =>
            s.Expect(Op.Concatenate([s.Leaf([2, 13], ValuesOf.Special), s.Leaf([2, 7], ValuesOf.Special)], 1), 2, 20));
        yield return new("the same twice", type, smooth, s =>
        {
            var x = s.Leaf([2, 3], values);
            s.Expect(Op.Concatenate([x, x], 0), 4, 3);
        });
        yield return new("transposed and every other", type, smooth, s =>
            s.Expect(Op.Concatenate([s.Leaf([3, 2], values).Transpose(), s.Leaf([2, 8], values).Slice(1, 1, 4, 2)], 1), 2, 7));
    }
}
