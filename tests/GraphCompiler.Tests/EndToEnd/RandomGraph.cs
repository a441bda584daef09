using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>A random valid graph of every operator, with broadcasts, odd and empty extents, views, a symbol, gradients and updates.</summary>
internal sealed class RandomGraph
{
    public const long MaxBatch = 5;

    private static readonly int[] Extents = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 33];

    private readonly System.Random _random;
    private readonly List<Tensor> _tensors = [];
    private readonly List<Tensor> _variables = [];
    private readonly Dim _batch = Dim.Symbol("batch", MaxBatch);
    private readonly Dim[] _dims;

    public RandomGraph(int seed)
    {
        _random = new System.Random(seed);
        Graph = new Graph($"random {seed}");
        // Few extents, so that shapes meet.
        _dims = [Extents[_random.Next(Extents.Length)], Extents[_random.Next(Extents.Length)], _random.Next(12) == 0 ? 0 : Extents[_random.Next(Extents.Length)]];
        Leaves();
        var count = 3 + _random.Next(23);
        for (var i = 0; i < count; i++)
        {
            if (Next() is { } next && next.Shape.ElementCount.Max <= 6000)
            {
                _tensors.Add(next);
            }
        }

        Differentiate();
        Update();
        Graph.Output("last", _tensors[^1]);
        for (var i = _random.Next(3); i > 0; i--)
        {
            Graph.Output($"y{i}", Pick());
        }
    }

    public Graph Graph { get; }

    /// <summary>Values for every leaf: small fractions, with ties, zeros and signs; now and then special values.</summary>
    public Dictionary<Tensor, ReferenceArray> Feed(long batch, System.Random random)
    {
        var feeds = new Dictionary<Tensor, ReferenceArray>();
        var hasSpecials = random.Next(8) == 0;
        foreach (var leaf in Graph.Leaves.Values)
        {
            var array = new ReferenceArray(leaf.DType, leaf.Shape.Evaluate(_ => batch));
            foreach (ref var value in array.Data.AsSpan())
            {
                value = leaf.DType switch
                {
                    DType.Bool => random.Next(2),
                    DType.Int32 => random.Next(-3, 9),
                    _ when random.Next(3) == 0 => random.Next(-8, 9) / 4.0,
                    _ when hasSpecials && random.Next(20) == 0 => Special(random),
                    _ => (float)((random.NextDouble() * 4) - 2),
                };
            }

            feeds.Add(leaf, array);
        }

        return feeds;
    }

    private static double Special(System.Random random) =>
        random.Next(5) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => -0.0, _ => 1e-40f };

    private void Leaves()
    {
        var type = _random.Next(4) == 0 ? DType.Float64 : DType.Float32;
        for (var i = 0; i < 3; i++)
        {
            _tensors.Add(Graph.Input($"x{i}", _random.Next(6) == 0 ? (DType)_random.Next(4) : type, RandomShape(symbolic: true)));
        }

        for (var i = _random.Next(4); i > 0; i--)
        {
            var shape = _variables.Count > 0 && _random.Next(2) == 0 ? _variables[0].Shape : RandomShape(symbolic: false);
            var variable = _random.Next(2) == 0 ? Graph.Parameter($"p{i}", type, shape, Init.Zeros) : Graph.State($"s{i}", type, shape, Init.Zeros);
            _variables.Add(variable);
            _tensors.Add(variable);
        }

        if (_random.Next(3) == 0)
        {
            _tensors.Add(Graph.Input("i", DType.Int32, RandomShape(symbolic: true)));
        }

        if (_random.Next(4) == 0)
        {
            double[] values = [.. Enumerable.Range(0, (int)_dims[0].Factor).Select(_ => _random.Next(-4, 5) / 2.0)];
            _tensors.Add(Graph.Constant(values, [_dims[0]], type));
        }
    }

    private Shape RandomShape(bool symbolic)
    {
        Dim[] dims = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(6) == 0 ? 1 : _dims[_random.Next(3)])];
        if (symbolic && dims.Length > 0 && _random.Next(3) == 0)
        {
            dims[_random.Next(3) == 0 ? _random.Next(dims.Length) : 0] = _batch;
        }

        return Shape.Create(dims);
    }

    private void Differentiate()
    {
        if (_random.Next(2) == 0)
        {
            return;
        }

        try
        {
            var y = Pick();
            if (y.DType.IsFloating())
            {
                var loss = y.Rank == 0 ? y : _random.Next(2) == 0 ? y.Sum() : (y * y).Mean();
                _tensors.AddRange(Graph.Gradients(loss, [.. _tensors.Where(t => t.DType.IsFloating() && (_variables.Contains(t) || _random.Next(4) == 0))]));
            }
        }
        catch (GraphException)
        {
            // No gradient: nothing to add.
        }
    }

    private void Update()
    {
        foreach (var variable in _variables.Where(_ => _random.Next(4) != 0))
        {
            var fitting = _tensors.Where(t => t.Type == variable.Type && !ReferenceEquals(t, variable)).ToList();
            Graph.Update(variable, fitting.Count > 0 && _random.Next(4) != 0 ? fitting[_random.Next(fitting.Count)] : variable * 0.5 + Scalar(variable.DType));
        }
    }

    private Tensor Scalar(DType type) => Graph.Constant(_random.Next(-2, 3) / 2.0, type);

    // Null where the operator does not accept what was drawn.
    private Tensor? Next()
    {
        var (a, b, c) = (Pick(), Pick(), Pick());
        try
        {
            return _random.Next(46) switch
            {
                0 => -a,
                1 or 2 => a + b,
                3 => a - b,
                4 or 5 => a * b,
                6 => a / b,
                7 => a.Abs(),
                8 => a.Relu(),
                9 => Op.Max(a, b),
                10 => Op.Min(a, b),
                11 => a < b,
                12 => _random.Next(2) == 0 ? a.EqualTo(b) : a <= b,
                13 => a.Not(),
                14 => _random.Next(2) == 0 ? a.And(b) : a.Or(b),
                15 => Op.Select(a, b, c),
                16 => a.Cast((DType)_random.Next(4)),
                17 or 18 => a.Transpose([.. Enumerable.Range(0, a.Rank).OrderBy(_ => _random.Next())]),
                19 => a.Reshape([.. a.Shape.SelectMany(d => _random.Next(3) == 0 ? (Dim[])[1, d] : [d])]),
                20 => a.Reshape([a.Shape.ElementCount]),
                21 => a.Broadcast([_dims[_random.Next(3)], .. a.Shape]),
                22 or 23 => a.Slice(_random.Next(a.Rank), _random.Next(2), _random.Next(1, 4), _random.Next(1, 3)),
                24 => a.Pad(_random.Next(a.Rank), _random.Next(2), _random.Next(2)),
                25 => Op.Concatenate([a, b], _random.Next(a.Rank)),
                26 or 27 => Reduce(a),
                28 or 29 => a.MatMul(b),
                30 or 31 or 32 => Contract(a, b),
                33 => a.Exp(),
                34 => a.Tanh(),
                35 => a.Sigmoid(),
                36 => _random.Next(2) == 0 ? (a.Abs() + Scalar(a.DType)).Sqrt() : a.Log(),
                37 => _random.Next(2) == 0 ? a.Reciprocal() : (a.Abs() + 0.5).Pow(b),
                38 => _random.Next(2) == 0 ? a.Softmax(_random.Next(a.Rank)) : a.LogSoftmax(_random.Next(a.Rank)),
                39 => a.Mean([_random.Next(a.Rank)], keepDims: _random.Next(2) == 0),
                40 => a.Variance([_random.Next(a.Rank)], keepDims: _random.Next(2) == 0),
                41 => a.Gather(b, _random.Next(a.Rank)),
                42 => a.ScatterAdd(b, _random.Next(1, 6), _random.Next(a.Rank)),
                43 => _random.Next(2) == 0 ? a.TopK(_random.Next(1, 3)).Values : a.ArgMax(),
                44 => _random.Next(2) == 0 ? Graph.Iota(_dims[_random.Next(3)]) : Graph.Extent(_batch, a.DType),
                _ => a.StopGradient(),
            };
        }
        catch (GraphException)
        {
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // an axis of a scalar
        }
    }

    private Tensor Contract(Tensor a, Tensor b)
    {
        // Any pair of equal axes, so that all four orders of a product come up, and batches.
        var pairs = Enumerable.Range(0, a.Rank).SelectMany(i => Enumerable.Range(0, b.Rank).Where(j => a.Shape[i] == b.Shape[j]).Select(j => (i, j))).OrderBy(_ => _random.Next()).ToList();
        var (ca, cb, ba, bb) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        foreach (var (i, j) in pairs.Where(p => !ca.Concat(ba).Contains(p.i) && !cb.Concat(bb).Contains(p.j)))
        {
            if (ca.Count == 0 || _random.Next(3) == 0)
            {
                ca.Add(i);
                cb.Add(j);
            }
            else if (_random.Next(2) == 0)
            {
                ba.Add(i);
                bb.Add(j);
            }
        }

        return a.Contract(b, [.. ca], [.. cb], [.. ba], [.. bb]);
    }

    private Tensor Pick()
    {
        for (var attempt = 0; ; attempt++)
        {
            var tensor = _tensors[_random.Next(3) == 0 ? _random.Next(_tensors.Count) : Math.Max(0, _tensors.Count - 1 - _random.Next(6))];
            if (tensor.DType.IsFloating() || _random.Next(3) == 0 || attempt > 4)
            {
                return tensor;
            }
        }
    }

    private Tensor Reduce(Tensor a)
    {
        int[] axes = [.. Enumerable.Range(0, a.Rank).Where(_ => _random.Next(2) == 0)];
        var keep = _random.Next(2) == 0;
        return _random.Next(4) switch
        {
            0 => a.Max(axes, keep),
            1 => a.Min(axes, keep),
            _ => a.Sum(axes, keep),
        };
    }
}
