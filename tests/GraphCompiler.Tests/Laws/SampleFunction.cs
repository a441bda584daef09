using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>A sample seen as a function of its floating leaves, around the values that it was given.</summary>
internal sealed class SampleFunction
{
    private readonly long _n;
    private readonly IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> _feeds;

    public SampleFunction(Sample sample, long n)
    {
        _n = n;
        Scope = new SampleScope(sample);
        _feeds = Scope.Feeds(n);
        Leaves = [.. Scope.Leaves.Where(static l => l.DType == DType.Float64)];
    }

    public SampleScope Scope { get; }

    /// <summary>The first result: the one that has a derivative.</summary>
    public Tensor Y => Scope.Results[0].Tensor;

    /// <summary>What is differentiated with respect to.</summary>
    public Tensor[] Leaves { get; }

    /// <summary>The value of a tensor at the sample's point, with these leaves instead or besides.</summary>
    public ReferenceArray Evaluate(Tensor tensor, params (Tensor Leaf, ReferenceArray Value)[] instead)
    {
        var interpreter = Scope.Run(_n);
        foreach (var (leaf, value) in instead)
        {
            interpreter.Feed(leaf, value);
        }

        return interpreter.Evaluate(tensor);
    }

    /// <summary>A leaf with one element moved by <paramref name="t"/>.</summary>
    public (Tensor Leaf, ReferenceArray Value) Moved(int leaf, long element, double t)
    {
        var moved = Copy(leaf);
        moved.Data[element] += t;
        return (Leaves[leaf], moved);
    }

    /// <summary>All leaves, each moved by <paramref name="t"/> times its direction.</summary>
    public (Tensor Leaf, ReferenceArray Value)[] Moved(ReferenceArray[] directions, double t) => [.. directions.Select((direction, leaf) =>
    {
        var moved = Copy(leaf);
        for (var i = 0L; i < moved.Data.LongLength; i++)
        {
            moved.Data[i] += t * direction.Data[i];
        }

        return (Leaves[leaf], moved);
    })];

    /// <summary>Values between −1 and 1 of the shape that a tensor has in this run.</summary>
    public ReferenceArray Random(Tensor tensor, int number)
    {
        var array = new ReferenceArray(tensor.DType, tensor.Shape.Evaluate(_ => _n));
        for (var i = 0L; i < array.Data.LongLength; i++)
        {
            array.Data[i] = ValuesOf.Between(-1, 1)(tensor.DType, number, i, array.Data.LongLength);
        }

        return array;
    }

    /// <summary>A tangent for each leaf, as a tensor to differentiate along and as its value.</summary>
    public (Tensor[] Tangents, ReferenceArray[] Values) Directions() =>
    (
        [.. Leaves.Select((leaf, i) => Scope.Graph.Input($"v{i}", leaf.DType, leaf.Shape))],
        [.. Leaves.Select((leaf, i) => Random(leaf, 8 + i))]
    );

    public static double Dot(ReferenceArray a, ReferenceArray b) => a.Data.Zip(b.Data, static (x, y) => x * y).Sum();

    private ReferenceArray Copy(int leaf)
    {
        var value = _feeds.Single(f => ReferenceEquals(f.Leaf, Leaves[leaf])).Value;
        return new ReferenceArray(value.Type, value.Shape, [.. value.Data]);
    }
}
