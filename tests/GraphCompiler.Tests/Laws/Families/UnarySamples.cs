using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws.Families;

/// <summary>The samples of every operator <c>y[i] = f(x[i])</c>.</summary>
internal abstract class UnarySamples<TOperator> : OperatorSamples<TOperator>
    where TOperator : Operator
{
    private static readonly long[][] Shapes =
    [
        [], [1], [0], [5], [17], [2, 3], [1, 4], [3, 0], [2, 0, 3], [2, 3, 4], [1, 1, 1], [2, 1, 3, 2], [0, 2, 1, 3],
    ];

    protected abstract Tensor Apply(Tensor x);

    /// <summary>False where the rule for the gradient is not the derivative.</summary>
    protected virtual bool IsDifferentiable => true;

    protected virtual DType[] Types => [DType.Float32, DType.Float64];

    protected virtual DType ResultType(DType type) => type;

    /// <summary>Values where the function is differentiable; special values are always sampled as well.</summary>
    protected virtual Values Smooth => ValuesOf.Between(-2, 2);

    /// <summary>Pairs of argument and result that the documentation states.</summary>
    protected virtual (double X, double Y)[] KnownValues => [];

    public override IEnumerable<Sample> Samples => Types.SelectMany(SamplesOf);

    public override IEnumerable<Edge> Edges => Types.SelectMany(type => KnownValues.Select(known =>
        new Edge(type, x => Apply(x[0]), [ValuesOf.Stored(type, known.X)], ValuesOf.Stored(ResultType(type), known.Y))))
        .Where(static edge => edge.Type.IsFloating());

    private IEnumerable<Sample> SamplesOf(DType type)
    {
        var smooth = type.IsFloating() && IsDifferentiable;
        var values = type == DType.Bool ? ValuesOf.Bools : Smooth;
        foreach (var shape in Shapes)
        {
            yield return new($"[{string.Join(", ", shape)}]", type, smooth, s => Expect(s, s.Leaf(shape, values), shape));
        }

        yield return new("special values", type, false, s => Expect(s, s.Leaf([29], ValuesOf.Special), 29));
        yield return new("special values, rank 2", type, false, s => Expect(s, s.Leaf([3, 8], ValuesOf.Special), 3, 8));
        yield return new("transposed", type, smooth, s => Expect(s, s.Leaf([3, 5], values).Transpose(), 5, 3));
        yield return new("permuted", type, smooth, s => Expect(s, s.Leaf([2, 3, 4], values).Transpose([2, 0, 1]), 4, 2, 3));
        yield return new("every other", type, smooth, s => Expect(s, s.Leaf([2, 9], values).Slice(1, 1, 4, 2), 2, 4));
        yield return new("rows from the middle", type, smooth, s => Expect(s, s.Leaf([5, 3], values).Slice(0, 2, 2), 2, 3));
        yield return new("repeated", type, smooth, s => Expect(s, s.Leaf([3, 1], values).Broadcast([2, 3, 4]), 2, 3, 4));
        yield return new("reshaped", type, smooth, s => Expect(s, s.Leaf([2, 6], values).Reshape([3, 4]), 3, 4));
        yield return new("symbolic rows", type, smooth, s => Expect(s, s.Leaf([SampleScope.N, 3], values), SampleScope.N, 3))
        {
            Extents = [0, 1, 2, 5],
        };
        yield return new("every tail length", type, false, s => Expect(s, s.Leaf([SampleScope.N], values), SampleScope.N))
        {
            Extents = [.. Enumerable.Range(0, 34).Select(static n => (long)n)],
        };
    }

    private void Expect(SampleScope s, Tensor x, params long[] shape) => s.Expect(Apply(x), ResultType(s.Type), shape);
}
