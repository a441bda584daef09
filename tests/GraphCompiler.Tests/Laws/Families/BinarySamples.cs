using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws.Families;

/// <summary>The samples of every operator <c>y[i] = f(a[i], b[i])</c> with broadcasting on each side.</summary>
internal abstract class BinarySamples<TOperator> : OperatorSamples<TOperator>
    where TOperator : Operator
{
    private const long N = SampleScope.N;

    private static readonly (long[] A, long[] B, long[] Result)[] Shapes =
    [
        ([], [], []),
        ([3], [], [3]),
        ([], [3], [3]),
        ([5], [5], [5]),
        ([1], [4], [4]),
        ([0], [1], [0]),
        ([0], [0], [0]),
        ([2, 3], [3], [2, 3]),
        ([3], [2, 3], [2, 3]),
        ([2, 1], [1, 3], [2, 3]),
        ([1], [2, 3], [2, 3]),
        ([2, 3, 4], [3, 1], [2, 3, 4]),
        ([2, 1, 4], [3, 1], [2, 3, 4]),
        ([2, 0, 3], [3], [2, 0, 3]),
        ([2, 3, 1, 2], [1, 3, 1], [2, 3, 3, 2]),
        ([1, 1, 1, 1], [2, 1, 2, 1], [2, 1, 2, 1]),
    ];

    protected abstract Tensor Apply(Tensor a, Tensor b);

    protected virtual DType[] Types => [DType.Float32, DType.Float64, DType.Int32];

    protected virtual DType ResultType(DType type) => type;

    /// <summary>False for operators whose result is piecewise constant: nothing flows through them, and no law of derivatives is asked.</summary>
    protected virtual bool IsDifferentiable => true;

    protected virtual Values SmoothA => ValuesOf.Between(-2, 2);

    protected virtual Values SmoothB => ValuesOf.Between(-2, 2);

    /// <summary>Whether the derivative of f(x, x) exists.</summary>
    protected virtual bool IsSmoothOnDiagonal => true;

    protected virtual (double A, double B, double Y)[] KnownValues => [];

    public override IEnumerable<Sample> Samples => Types.SelectMany(SamplesOf);

    public override IEnumerable<Edge> Edges => Types.Where(static t => t != DType.Int32).SelectMany(type => KnownValues.Select(known =>
        new Edge(type, x => Apply(x[0], x[1]), [ValuesOf.Stored(type, known.A), ValuesOf.Stored(type, known.B)], ValuesOf.Stored(ResultType(type), known.Y))));

    private IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating() && IsDifferentiable;
        var (valuesA, valuesB) = type == DType.Bool ? (ValuesOf.Bools, ValuesOf.Bools) : (SmoothA, SmoothB);
        foreach (var (a, b, result) in Shapes)
        {
            yield return new($"[{string.Join(", ", a)}] with [{string.Join(", ", b)}]", type, smooth,
                s => Expect(s, s.Leaf(a, valuesA), s.Leaf(b, valuesB), result));
        }

        // A column against a row: every special value meets every other.
        var specials = ValuesOf.Specials(type).Length;
        yield return new("special values", type, false,
            s => Expect(s, s.Leaf([specials, 1], ValuesOf.Special), s.Leaf([specials], ValuesOf.Special), specials, specials));
        yield return new("special with ordinary values", type, false,
            s => Expect(s, s.Leaf([29], ValuesOf.Special), s.Leaf([29], valuesB), 29));
        yield return new("with itself", type, smooth && IsSmoothOnDiagonal, s =>
        {
            var x = s.Leaf([2, 3], valuesA);
            Expect(s, x, x, 2, 3);
        });
        yield return new("transposed left", type, smooth,
            s => Expect(s, s.Leaf([3, 4], valuesA).Transpose(), s.Leaf([4, 3], valuesB), 4, 3));
        yield return new("transposed right", type, smooth,
            s => Expect(s, s.Leaf([2, 3, 4], valuesA), s.Leaf([4, 2, 3], valuesB).Transpose([1, 2, 0]), 2, 3, 4));
        yield return new("every other, both", type, smooth,
            s => Expect(s, s.Leaf([9], valuesA).Slice(0, 0, 4, 2), s.Leaf([2, 11], valuesB).Slice(1, 1, 4, 3), 2, 4));
        yield return new("repeated left", type, smooth,
            s => Expect(s, s.Leaf([3], valuesA).Broadcast([2, 3]), s.Leaf([2, 3], valuesB), 2, 3));
        yield return new("symbolic rows, bias", type, smooth,
            s => Expect(s, s.Leaf([N, 3], valuesA), s.Leaf([3], valuesB), N, 3))
        { Extents = [0, 1, 2, 5] };
        yield return new("symbolic rows, both", type, smooth,
            s => Expect(s, s.Leaf([N, 1], valuesA), s.Leaf([N, 2], valuesB), N, 2))
        { Extents = [0, 1, 3, 4] };
        yield return new("symbolic inside", type, smooth,
            s => Expect(s, s.Leaf([2, N, 3], valuesA), s.Leaf([N, 1], valuesB), 2, N, 3))
        { Extents = [0, 1, 3] };
        yield return new("every tail length", type, false,
            s => Expect(s, s.Leaf([N], valuesA), s.Leaf([N], valuesB), N))
        { Extents = [.. Enumerable.Range(0, 34).Select(static n => (long)n)] };
    }

    private void Expect(SampleScope s, Tensor a, Tensor b, params long[] shape) => s.Expect(Apply(a, b), ResultType(s.Type), shape);
}
