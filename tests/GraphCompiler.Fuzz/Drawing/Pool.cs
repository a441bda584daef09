using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Fuzz.Drawing;

/// <summary>The tensors of a graph that is being drawn, and what is asked of them: an operand that fits, an axis, a shape.</summary>
internal sealed partial class Pool(Graph graph, System.Random random, DType main, Dim[] extents, Dim batch, long mostElements)
{
    private readonly List<Tensor> _tensors = [];

    public Graph Graph => graph;

    /// <summary>The floating type of most tensors.</summary>
    public DType Main => main;

    public Dim Batch => batch;

    public IReadOnlyList<Tensor> Tensors => _tensors;

    public void Add(Tensor tensor)
    {
        if (!_tensors.Contains(tensor))
        {
            _tensors.Add(tensor);
        }
    }

    /// <summary>A second result that is drawn along with the first.</summary>
    public Tensor Keep(Tensor first, Tensor second)
    {
        Add(second);
        return first;
    }

    public int Next(int count) => random.Next(count);

    /// <summary>True once in <paramref name="count"/> times.</summary>
    public bool Chance(int count) => random.Next(count) == 0;

    public Dim Extent() => Chance(8) ? batch : Chance(8) ? 1 : extents[Next(extents.Length)];

    public Shape Shape(bool symbolic, int rank)
    {
        Dim[] dims = [.. Enumerable.Range(0, rank).Select(_ => Chance(6) ? 1 : extents[Next(extents.Length)])];
        if (symbolic && rank > 0 && Chance(2))
        {
            dims[Chance(3) ? Next(rank) : 0] = Chance(6) ? 2 * batch : batch;
        }

        while (dims.Aggregate(1.0, static (count, dim) => count * dim.Max) > mostElements)
        {
            dims[Next(rank)] = Next(20) + 1;
        }

        return GraphCompiler.Shape.Create(dims);
    }

    public DType Type() => (DType)Next(4);

    public Tensor Any(int rank = 0) => Pick(t => t.Rank >= rank) ?? Raised(Float(), rank);

    public Tensor Number(int rank = 0) => Pick(t => t.Rank >= rank && t.DType != DType.Bool && (t.DType.IsFloating() || Chance(3))) ?? Float(rank);

    public Tensor Float(int rank = 0) =>
        Pick(t => t.Rank >= rank && t.DType.IsFloating()) ?? Raised(Pick(static t => t.DType.IsFloating()) ?? Any().Cast(main), rank);

    public Tensor Integer() => Pick(static t => t.DType == DType.Int32) ?? graph.Iota(Extent());

    public Tensor Bool() => Pick(static t => t.DType == DType.Bool) ?? Pair(static (a, b) => a < b);

    /// <summary>An operand of the same element type that broadcasts with this one.</summary>
    public Tensor Like(Tensor a) => Pick(t => t.DType == a.DType && Broadcasting.TryCombine(a.Shape, t.Shape, out _)) ?? a;

    /// <summary>An operand of the same type.</summary>
    public Tensor Same(Tensor a) => Pick(t => t.Type == a.Type) ?? a;

    public Tensor Pair(Func<Tensor, Tensor, Tensor> apply)
    {
        var a = Number();
        var b = Chance(5) ? Scalar(a.DType) : Like(a);
        return Chance(2) ? apply(a, b) : apply(b, a);
    }

    public Tensor Condition(Tensor a) =>
        Pick(t => t.DType == DType.Bool && Broadcasting.TryCombine(a.Shape, t.Shape, out _)) ?? (a < Scalar(a.DType));

    public Tensor Scalar(DType type) => graph.Constant(Next(9) - 4 is var n && type.IsFloating() ? n / 2.0 : n, type);

    public Tensor Small(DType type) => graph.Constant(new[] { 2, 3, 0.5, -1, 1, 0, 1.5 }[Next(7)], type);

    /// <summary>A function of the operand that is above zero everywhere.</summary>
    public Tensor Positive(Tensor a) => Next(3) switch { 0 => a.Abs() + 0.5, 1 => (a * a) + 0.25, _ => a.Sigmoid() };

    public int Axis(Tensor a) => Next(a.Rank);

    public int[]? Axes(Tensor a) => Chance(5) ? null : [.. Enumerable.Range(0, a.Rank).Where(_ => Chance(2))];

    public int[] Permutation(int rank) => [.. Enumerable.Range(0, rank).OrderBy(_ => random.Next())];

    /// <summary>The same elements in another shape: axes joined, split, or put between.</summary>
    public Shape Regrouped(Shape shape)
    {
        var dims = new List<Dim>();
        foreach (var dim in shape)
        {
            if (dims.Count > 0 && Chance(3))
            {
                dims[^1] *= dim;
            }
            else if (Chance(3) && new[] { 2, 3, 4 }.FirstOrDefault(k => dim.Factor > k && dim.Factor % k == 0) is var k and > 0 && dim.TryDivide(k, out var rest))
            {
                dims.AddRange(Chance(2) ? [k, rest] : [rest, k]);
            }
            else
            {
                dims.Add(dim);
                if (Chance(4))
                {
                    dims.Add(1);
                }
            }
        }

        return Chance(6) ? [shape.ElementCount] : GraphCompiler.Shape.Create([.. dims.Take(5)]) is var s && s.ElementCount == shape.ElementCount ? s : shape;
    }

    // Recent ones more often: graphs grow deep, not only wide.
    private Tensor? Pick(Func<Tensor, bool> fits)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var tensor = _tensors[Chance(3) ? Next(_tensors.Count) : Math.Max(0, _tensors.Count - 1 - Next(6))];
            if (fits(tensor))
            {
                return tensor;
            }
        }

        var fitting = _tensors.Where(fits).ToList();
        return fitting.Count == 0 ? null : fitting[Next(fitting.Count)];
    }

    private Tensor Raised(Tensor a, int rank)
    {
        while (a.Rank < rank)
        {
            a = a.Broadcast([Extent(), .. a.Shape]);
        }

        return a;
    }
}
