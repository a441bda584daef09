using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class LayerNormSamples : OperatorSamples
{
    private const long N = SampleScope.N;

    private static readonly (long[] Shape, int Axes)[] Cases =
        [([5], 1), ([2, 3], 1), ([2, 3], 2), ([3, 17], 1), ([0, 3], 1), ([2, 3, 4], 2), ([2, 2, 3, 2], 1), ([N, 3], 1), ([2, N, 3], 1)];

    public override Type? Operator => null;

    public override Tolerance Tolerance => Tolerance.Epsilons(64);

    public override IEnumerable<Sample> Samples =>
        from type in new[] { DType.Float32, DType.Float64 }
        from sample in Cases.SelectMany(c => new[] { Of(type, c.Shape, c.Axes, false), Of(type, c.Shape, c.Axes, true) })
            .Append(new("special values", type, false, static s => s.Expect(s.Leaf([23, 3], ValuesOf.Special).LayerNorm(), 23, 3)))
            .Append(new("large mean", type, false, static s => s.Expect(s.Leaf([2, 5], ValuesOf.Listed(1001, 1002, 1004, 1003, 1000)).LayerNorm(), 2, 5)))
            .Append(new("transposed", type, true, static s => s.Expect(s.Leaf([3, 4], ValuesOf.Distinct(-2, 2)).Transpose().LayerNorm(), 4, 3)))
        select sample;

    public override IEnumerable<Edge> Edges =>
    [
        new(DType.Float32, static x => x[0].Broadcast([4]).LayerNorm().Sum(), [3], 0),
        new(DType.Float64, static x => x[0].Broadcast([4]).LayerNorm(beta: x[1].Broadcast([4])).Max(), [3, 7], 7),
        new(DType.Float32, static x => x[0].Broadcast([4]).LayerNorm().Max(), [double.PositiveInfinity], double.NaN),
        new(DType.Float64, static x => Op.Concatenate([x[0].Reshape([1]), -x[0].Reshape([1])], 0).LayerNorm(epsilon: 0).Max(), [3], 1),
        new(DType.Float64, static x => Op.Concatenate([x[0].Reshape([1]), -x[0].Reshape([1])], 0).LayerNorm(epsilon: 7).Max(), [3], 0.75),
    ];

    private static Sample Of(DType type, long[] shape, int axes, bool affine) =>
        new($"[{string.Join(", ", shape)}], {axes} axes{(affine ? ", gamma and beta" : "")}", type, true, s =>
        {
            var row = shape[^axes..];
            var x = s.Leaf(shape, ValuesOf.Distinct(-2, 2));
            s.Expect(affine ? x.LayerNorm(s.Leaf(row, ValuesOf.Between(0.5, 2)), s.Leaf(row, ValuesOf.Between(-1, 1)), axes: axes) : x.LayerNorm(axes: axes), shape);
        })
        {
            Extents = shape.Contains(N) ? [0, 1, 2, 5] : [],
        };
}
