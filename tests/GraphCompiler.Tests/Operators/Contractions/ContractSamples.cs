using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Contractions;

internal sealed class ContractSamples : OperatorSamples<ContractOp>
{
    private const long N = SampleScope.N;

    private static readonly Values Smooth = ValuesOf.Between(-2, 2);

    private static readonly (string Name, long[] A, long[] B, int[] ContractA, int[] ContractB, int[] BatchA, int[] BatchB, long[] Result)[] Cases =
    [
        ("product of scalars", [], [], [], [], [], [], []),
        ("scaling", [], [3], [], [], [], [], [3]),
        ("inner", [5], [5], [0], [0], [], [], []),
        ("inner of nothing", [0], [0], [0], [0], [], [], []),
        ("outer", [2], [3], [], [], [], [], [2, 3]),
        ("element-wise", [2, 3], [2, 3], [], [], [0, 1], [0, 1], [2, 3]),
        ("NN", [3, 4], [4, 2], [1], [0], [], [], [3, 2]),
        ("NT", [3, 4], [2, 4], [1], [1], [], [], [3, 2]),
        ("TN", [4, 3], [4, 2], [0], [0], [], [], [3, 2]),
        ("TT", [4, 3], [2, 4], [0], [1], [], [], [3, 2]),
        ("one row", [1, 7], [7, 3], [1], [0], [], [], [1, 3]),
        ("one column", [3, 7], [7, 1], [1], [0], [], [], [3, 1]),
        ("depth one", [3, 1], [1, 2], [1], [0], [], [], [3, 2]),
        ("depth zero", [3, 0], [0, 2], [1], [0], [], [], [3, 2]),
        ("no rows", [0, 3], [3, 2], [1], [0], [], [], [0, 2]),
        ("odd", [7, 5], [5, 9], [1], [0], [], [], [7, 9]),
        ("two axes", [2, 3, 4], [4, 3, 2], [1, 2], [1, 0], [], [], [2, 2]),
        ("two axes, crossed", [3, 2, 4], [4, 5, 3], [2, 0], [0, 2], [], [], [2, 5]),
        ("batched NN", [2, 3, 4], [2, 4, 2], [2], [1], [0], [0], [2, 3, 2]),
        ("batched NT, batch inside", [3, 2, 4], [5, 4, 2], [2], [1], [1], [2], [2, 3, 5]),
        ("two batches, swapped", [2, 3, 2, 4], [3, 2, 4, 2], [3], [2], [0, 1], [1, 0], [2, 3, 2, 2]),
        ("free axes on both sides", [2, 4, 3], [2, 4, 2], [1], [1], [], [], [2, 3, 2, 2]),
        ("tensor times vector", [2, 3, 4], [4], [2], [0], [], [], [2, 3]),
        ("symbolic rows", [N, 3], [3, 2], [1], [0], [], [], [N, 2]),
        ("symbolic depth", [N, 3], [N, 2], [0], [0], [], [], [3, 2]),
        ("symbolic columns", [2, 3], [N, 3], [1], [1], [], [], [2, N]),
        ("symbolic batch", [N, 2, 3], [N, 3, 2], [2], [1], [0], [0], [N, 2, 2]),
        ("symbolic twice", [N, 3], [N, 3], [1], [1], [], [], [N, N]),
    ];

    public override Tolerance Tolerance => Tolerance.SumOfTerms;

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64 }.SelectMany(SamplesOf);

    public override IEnumerable<Edge> Edges =>
    [
        new(DType.Float32, static x => x[0].Broadcast([0]).Contract(x[0].Broadcast([0]), [0], [0]), [1], 0),
        new(DType.Float64, static x => x[0].Contract(x[1], [], []), [0, double.PositiveInfinity], double.NaN),
    ];

    private static IEnumerable<Sample> SamplesOf(DType type)
    {
        foreach (var c in Cases)
        {
            yield return new(c.Name, type, true, s =>
                s.Expect(s.Leaf(c.A, Smooth).Contract(s.Leaf(c.B, Smooth), c.ContractA, c.ContractB, c.BatchA, c.BatchB), c.Result))
            {
                Extents = c.A.Contains(N) || c.B.Contains(N) ? [0, 1, 2, 5] : [],
            };
        }

        yield return new("special values", type, false, s =>
            s.Expect(s.Leaf([7, 3], ValuesOf.Special).Contract(s.Leaf([3, 8], ValuesOf.Special), [1], [0]), 7, 8));
        yield return new("with itself, transposed", type, true, s =>
        {
            var x = s.Leaf([3, 4], Smooth);
            s.Expect(x.MatMul(x.Transpose()), 3, 3);
        });
        yield return new("transposed views", type, true, s =>
            s.Expect(s.Leaf([4, 3], Smooth).Transpose().MatMul(s.Leaf([2, 4], Smooth).Transpose()), 3, 2));
        yield return new("every other element", type, true, s =>
            s.Expect(s.Leaf([3, 9], Smooth).Slice(1, 1, 4, 2).MatMul(s.Leaf([8, 2], Smooth).Slice(0, 0, 4, 2)), 3, 2));
        yield return new("repeated rows", type, true, s =>
            s.Expect(s.Leaf([4], Smooth).Broadcast([3, 4]).MatMul(s.Leaf([4, 2], Smooth)), 3, 2));
        yield return new("larger than a tile", type, false, s =>
            s.Expect(s.Leaf([13, 37], Smooth).MatMul(s.Leaf([37, 41], Smooth)), 13, 41));
        yield return new("every row count", type, false, s => s.Expect(s.Leaf([N, 5], Smooth).MatMul(s.Leaf([5, 17], Smooth)), N, 17))
        {
            Extents = [.. Enumerable.Range(0, 16).Select(static n => (long)n)],
        };
    }
}
