using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws.Families;

/// <summary>The samples of every operator that moves elements and computes nothing: all element types, special values included.</summary>
internal abstract class LayoutSamples<TOperator> : OperatorSamples<TOperator>
    where TOperator : Operator
{
    protected const long N = SampleScope.N;

    private static readonly long[] Extents = [0, 1, 2, 5];

    /// <summary>Shape of the input, what is done to it, and the shape of the result; <see cref="N"/> is the symbolic extent.</summary>
    protected abstract IEnumerable<(string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result)> Cases { get; }

    public sealed override Tolerance Tolerance => Tolerance.Exact;

    public override IEnumerable<Sample> Samples => Enum.GetValues<DType>().SelectMany(type => Cases.SelectMany(c => SamplesOf(type, c)));

    private static IEnumerable<Sample> SamplesOf(DType type, (string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result) c)
    {
        var smooth = type.IsFloating();
        var extents = c.Shape.Contains(N) ? Extents : [];
        var values = type == DType.Bool ? ValuesOf.Bools : ValuesOf.Between(-2, 2);
        yield return new($"{c.Name} of [{string.Join(", ", c.Shape)}]", type, smooth,
            s => s.Expect(c.Apply(s, s.Leaf(c.Shape, values)), c.Result))
        { Extents = extents };
        yield return new($"{c.Name} of special values [{string.Join(", ", c.Shape)}]", type, false,
            s => s.Expect(c.Apply(s, s.Leaf(c.Shape, ValuesOf.Special)), c.Result))
        { Extents = extents };
        if (c.Shape.Length < 2)
        {
            yield break;
        }

        // The same on memory that is laid out otherwise: transposed, and every other element of the last axis.
        long[] reversed = [.. c.Shape.Reverse()];
        yield return new($"{c.Name} of transposed [{string.Join(", ", c.Shape)}]", type, smooth,
            s => s.Expect(c.Apply(s, s.Leaf(reversed, values).Transpose()), c.Result))
        { Extents = extents };
        if (c.Shape[^1] > 0)
        {
            long[] wide = [.. c.Shape[..^1], c.Shape[^1] * 2];
            yield return new($"{c.Name} of every other element [{string.Join(", ", c.Shape)}]", type, smooth,
                s => s.Expect(c.Apply(s, s.Leaf(wide, values).Slice(-1, 0, c.Shape[^1], 2)), c.Result))
            { Extents = extents };
        }
    }
}
