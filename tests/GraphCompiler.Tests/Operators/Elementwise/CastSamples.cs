using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class CastSamples : OperatorSamples<CastOp>
{
    private static readonly long[][] Shapes = [[], [1], [0], [17], [2, 3], [2, 3, 4], [2, 1, 3, 2]];

    public override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(from => Enum.GetValues<DType>().SelectMany(to => SamplesOf(from, to)));

    public override IEnumerable<Edge> Edges =>
    [
        Edge(DType.Float32, DType.Int32, double.NaN, 0),
        Edge(DType.Float32, DType.Int32, double.PositiveInfinity, int.MaxValue),
        Edge(DType.Float64, DType.Int32, double.NegativeInfinity, int.MinValue),
        Edge(DType.Float64, DType.Int32, -2.9, -2),
        Edge(DType.Float64, DType.Int32, -0.5, 0),
        Edge(DType.Float64, DType.Float32, 1 + Math.Pow(2, -24), 1),
        Edge(DType.Float64, DType.Float32, 1e300, double.PositiveInfinity),
        Edge(DType.Float32, DType.Bool, double.NaN, 1),
        Edge(DType.Float32, DType.Bool, -0.0, 0),
        Edge(DType.Int32, DType.Bool, 256, 1),
        Edge(DType.Bool, DType.Float32, 1, 1),
    ];

    public override IEnumerable<RewriteSample> Rewrites =>
        [.. Enum.GetValues<DType>().Select(static type => new RewriteSample("cast-same", new("to itself", type, false, s => s.Expect(s.Leaf([29], ValuesOf.Special).Cast(type), 29))))];

    private static Edge Edge(DType from, DType to, double x, double y) => new(from, t => t[0].Cast(to), [x], y);

    private static IEnumerable<Sample> SamplesOf(DType from, DType to)
    {
        // float64 → float32 rounds: a staircase to finite differences, though not to the rule.
        var smooth = from.IsFloating() && to == DType.Float64;
        var values = from == DType.Bool ? ValuesOf.Bools : ValuesOf.Between(-2, 2);
        foreach (var shape in Shapes)
        {
            yield return new($"[{string.Join(", ", shape)}] to {to.Name()}", from, smooth, s => s.Expect(s.Leaf(shape, values).Cast(to), to, shape));
        }

        yield return new($"special values to {to.Name()}", from, false, s => s.Expect(s.Leaf([29], ValuesOf.Special).Cast(to), to, [29]));
        yield return new($"transposed to {to.Name()}", from, smooth, s => s.Expect(s.Leaf([3, 5], values).Transpose().Cast(to), to, [5, 3]));
        yield return new($"every other to {to.Name()}", from, smooth, s => s.Expect(s.Leaf([9], values).Slice(0, 1, 4, 2).Cast(to), to, [4]));
        yield return new($"symbolic to {to.Name()}", from, smooth, s => s.Expect(s.Leaf([SampleScope.N, 2], values).Cast(to), to, [SampleScope.N, 2])) { Extents = [0, 1, 5, 17] };
    }
}
