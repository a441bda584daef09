using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws.Families;

/// <summary>The samples of every reduction over axes.</summary>
internal abstract class ReductionSamples<TOperator> : OperatorSamples<TOperator>
    where TOperator : Operator
{
    private const long N = SampleScope.N;

    private static readonly (long[] Shape, int[]? Axes)[] Cases =
    [
        ([], null),
        ([1], null),
        ([0], null),
        ([5], [0]),
        ([19], [-1]),
        ([3], []),
        ([2, 3], null),
        ([2, 3], [0]),
        ([2, 3], [1]),
        ([1, 4], [0]),
        ([3, 0], [1]),
        ([3, 0], [0]),
        ([2, 3, 4], [1]),
        ([2, 3, 4], [0, 2]),
        ([2, 3, 4], [-1, -2]),
        ([2, 1, 3, 2], [1, 3]),
        ([2, 3, 1, 2], [0]),
    ];

    protected abstract Tensor Apply(Tensor x, int[]? axes, bool keepDims);

    protected virtual Values Smooth => ValuesOf.Distinct(-2, 2);

    /// <summary>What the documentation says of nothing at all, for each element type.</summary>
    protected abstract double Empty(DType type);

    /// <summary>Whether the result for nothing at all is finite: an infinite one has no derivative.</summary>
    private bool IsFiniteWhenEmpty => double.IsFinite(Empty(DType.Float64));

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64, DType.Int32 }.SelectMany(SamplesOf);

    public override IEnumerable<Edge> Edges => new[] { DType.Float32, DType.Float64, DType.Int32 }
        .Select(type => new Edge(type, x => Apply(x[0].Broadcast([0, 3]), null, keepDims: false), [1], Empty(type)));

    private IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating();
        foreach (var (shape, axes) in Cases)
        {
            foreach (var keepDims in new[] { false, true })
            {
                yield return new($"[{string.Join(", ", shape)}] over {(axes is null ? "all" : $"[{string.Join(", ", axes)}]")}{(keepDims ? ", kept" : "")}", type, smooth && (IsFiniteWhenEmpty || !shape.Contains(0)),
                    s => s.Expect(Apply(s.Leaf(shape, Smooth), axes, keepDims), Reduced(shape, axes, keepDims)));
            }
        }

        yield return new("special values, each alone", type, false, s => Expect(s, s.Leaf([29, 1], ValuesOf.Special), [1], 29));
        yield return new("special values, in pairs", type, false, s => Expect(s, s.Leaf([14, 2], ValuesOf.Special), [1], 14));
        yield return new("special values, columns", type, false, s => Expect(s, s.Leaf([3, 13], ValuesOf.Special), [0], 13));
        yield return new("transposed", type, smooth, s => Expect(s, s.Leaf([3, 5], Smooth).Transpose(), [1], 5));
        yield return new("every other", type, smooth, s => Expect(s, s.Leaf([2, 9], Smooth).Slice(1, 1, 4, 2), [1], 2));
        yield return new("repeated", type, false, s => Expect(s, s.Leaf([3, 1], Smooth).Broadcast([2, 3, 4]), [0, 2], 3));
        yield return new("symbolic kept", type, smooth, s => Expect(s, s.Leaf([N, 3], Smooth), [1], N)) { Extents = [0, 1, 2, 5] };
        yield return new("symbolic reduced", type, smooth && IsFiniteWhenEmpty, s => Expect(s, s.Leaf([N, 3], Smooth), [0], 3)) { Extents = [0, 1, 2, 5] };
        yield return new("symbolic and constant reduced", type, smooth && IsFiniteWhenEmpty, s => Expect(s, s.Leaf([2, N, 3], Smooth), [0, 1], 3)) { Extents = [0, 1, 4] };
        yield return new("symbolic reduced, not empty", type, smooth, s => Expect(s, s.Leaf([N, 3], Smooth), [0], 3)) { Extents = [1, 2, 5] };
        yield return new("every tail length", type, false, s => Expect(s, s.Leaf([2, N], Smooth), [1], 2))
        {
            Extents = [.. Enumerable.Range(0, 34).Select(static n => (long)n), 100, 257],
        };
    }

    private void Expect(SampleScope s, Tensor x, int[] axes, params long[] shape) => s.Expect(Apply(x, axes, false), shape);

    private static long[] Reduced(long[] shape, int[]? axes, bool keepDims)
    {
        var reduced = (axes ?? [.. Enumerable.Range(0, shape.Length)]).Select(a => a < 0 ? a + shape.Length : a).ToHashSet();
        return keepDims ? [.. shape.Select((d, a) => reduced.Contains(a) ? 1 : d)] : [.. shape.Where((_, a) => !reduced.Contains(a))];
    }
}
