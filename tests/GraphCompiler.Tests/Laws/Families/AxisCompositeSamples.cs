using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws.Families;

/// <summary>The samples of every composition that works along one axis, which it may keep or drop.</summary>
internal abstract class AxisCompositeSamples : OperatorSamples
{
    private const long N = SampleScope.N;

    private static readonly (long[] Shape, int Axis)[] Cases =
    [
        ([1], 0), ([5], -1), ([2, 3], 1), ([2, 3], 0), ([3, 1], 1), ([0, 3], 1), ([2, 3, 4], 1), ([2, 1, 3, 2], -2), ([N, 3], 1), ([N, 2], 0),
    ];

    public sealed override Type? Operator => null;

    public override Tolerance Tolerance => Tolerance.Epsilons(64);

    public override IEnumerable<Sample> Samples => new[] { DType.Float32, DType.Float64 }.SelectMany(SamplesOf);

    protected abstract Tensor Apply(Tensor x, int axis);

    /// <summary>True when the axis is absent from the result.</summary>
    protected abstract bool Drops { get; }

    private IEnumerable<Sample> SamplesOf(DType type)
    {
        var values = ValuesOf.Distinct(-2, 2);
        foreach (var (shape, axis) in Cases)
        {
            // Nothing along the axis is an edge of each composition, stated by its own tests.
            yield return new($"[{string.Join(", ", shape)}] along {axis}", type, true, s => Expect(s, s.Leaf(shape, values), axis, shape))
            {
                Extents = shape.Contains(N) ? shape[axis < 0 ? axis + shape.Length : axis] == N ? [1, 2, 5] : [0, 1, 2, 5] : [],
            };
        }

        yield return new("special values", type, false, s => Expect(s, s.Leaf([23, 3], ValuesOf.Special), 1, [23, 3]));
        yield return new("large values", type, false, s => Expect(s, s.Leaf([2, 5], ValuesOf.Listed(1e4, 1e4 - 1, -1e4, 0, 9998)), 1, [2, 5]));
        yield return new("transposed", type, true, s => Expect(s, s.Leaf([3, 4], values).Transpose(), 1, [4, 3]));
        yield return new("every other", type, true, s => Expect(s, s.Leaf([2, 9], values).Slice(1, 1, 4, 2), 1, [2, 4]));
    }

    private void Expect(SampleScope s, Tensor x, int axis, long[] shape) =>
        s.Expect(Apply(x, axis), Drops ? [.. shape.Where((_, a) => a != (axis < 0 ? axis + shape.Length : axis))] : shape);
}
