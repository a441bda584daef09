using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// Where a sample is built. Shapes are written as numbers, <see cref="N"/> standing for the symbolic extent: what an operator
/// must infer is thus said without the compiler's own shape arithmetic.
/// </summary>
internal sealed class SampleScope
{
    /// <summary>The symbolic extent in a shape.</summary>
    public const long N = -1;

    private readonly List<(Tensor Tensor, long[] Shape, Values Values)> _leaves = [];
    private readonly List<(Tensor Tensor, DType Type, long[] Shape)> _results = [];
    private readonly Dim _extent;
    private readonly string _prefix;

    /// <param name="sample">What to build.</param>
    /// <param name="extent">A constant in place of the symbol, or null.</param>
    /// <param name="graph">Where to build, or null for a graph of its own.</param>
    /// <param name="prefix">Makes names unique when several samples share a graph.</param>
    /// <param name="isComplete">Makes sure that the leaves determine the extent, by one more of them if need be: compiled code has no other source.</param>
    public SampleScope(Sample sample, long? extent = null, Graph? graph = null, string prefix = "", bool isComplete = false)
    {
        Sample = sample;
        Graph = graph ?? new Graph("sample");
        _prefix = prefix;
        _extent = extent is { } constant ? constant
            : sample.Extents.Length > 0 ? Dim.Symbol($"{prefix}n", Math.Max(1, sample.Extents.Max()))
            : 1;
        sample.Build(this);
        if (isComplete && sample.Extents.Length > 0 && !_leaves.Any(static l => l.Shape.Contains(N)))
        {
            Leaf([N], ValuesOf.Special);
        }
    }

    public Sample Sample { get; }

    public Graph Graph { get; }

    public DType Type => Sample.Type;

    public IReadOnlyList<(Tensor Tensor, DType Type, long[] Shape)> Results => _results;

    public IEnumerable<Tensor> Leaves => _leaves.Select(static l => l.Tensor);

    /// <summary>Declares a leaf of the sample's element type.</summary>
    public Tensor Leaf(long[] shape, Values values) => Leaf(Type, shape, values);

    public Tensor Leaf(DType type, long[] shape, Values values) =>
        Fed(Graph.Input($"{_prefix}x{_leaves.Count}", type, Dims(shape)), shape, values);

    /// <summary>Takes a leaf that was declared otherwise: a parameter or state.</summary>
    public Tensor Fed(Tensor leaf, long[] shape, Values values)
    {
        _leaves.Add((leaf, shape, values));
        return leaf;
    }

    /// <summary>A name that is free in a graph which several samples share.</summary>
    public string Unique(string name) => _prefix + name;

    /// <summary>States a result and the type that it must have.</summary>
    public void Expect(Tensor result, DType type, long[] shape) => _results.Add((result, type, shape));

    /// <summary>States a result of the sample's element type.</summary>
    public void Expect(Tensor result, params long[] shape) => _results.Add((result, Type, shape));

    public Shape Dims(params long[] shape) => Shape.Create([.. shape.Select(d => d == N ? _extent : d)]);

    public static long[] Actual(long[] shape, long n) => [.. shape.Select(d => d == N ? n : d)];

    /// <summary>The leaves' values in a run with this extent.</summary>
    public IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> Feeds(long n) => [.. _leaves.Select((leaf, number) =>
    {
        var array = new ReferenceArray(leaf.Tensor.DType, Actual(leaf.Shape, n));
        for (var i = 0L; i < array.Data.LongLength; i++)
        {
            array.Data[i] = leaf.Values(array.Type, number, i, array.Data.LongLength);
        }

        return (leaf.Tensor, array);
    })];

    /// <summary>An interpreter that knows the leaves and the extent of a run.</summary>
    public Interpreter Run(long n, bool rounding = false)
    {
        var interpreter = new Interpreter(rounding);
        foreach (var symbol in _extent.Symbols)
        {
            interpreter.Set(symbol, n);
        }

        foreach (var (leaf, value) in Feeds(n))
        {
            interpreter.Feed(leaf, value);
        }

        return interpreter;
    }
}
