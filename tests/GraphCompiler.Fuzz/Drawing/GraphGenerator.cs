using System.Collections.Immutable;
using GraphCompiler.Diagnostics;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Checks;
using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Fuzz.Drawing;

/// <summary>
/// Draws a case from a seed. The graph is evaluated while it grows: what is not finite, or so large that it would soon be
/// infinite, is not kept, so that no NaN hides a difference behind it.
/// </summary>
internal sealed class GraphGenerator
{
    private const int FewestNodes = 5;
    private const double Largest = 1e5;

    /// <summary>One graph of these many is large: few nodes over lines that are summed in chunks, and products that are summed in blocks.</summary>
    private const int LargePeriod = 64;

    // One, a lane's worth and its neighbours, the sizes of register tiles and theirs, blocks.
    private static readonly int[] Extents = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 24, 31, 32, 33, 48, 65, 100, 257];

    // Beyond blocks of sums (512 and 1024) and chunks of a line (16384), with strides that share cache sets and some that do not.
    private static readonly int[] LargeExtents = [1, 3, 16, 64, 100, 512, 1024, 1025, 1500, 2048, 2050, 4096, 4100, 16_384, 33_000, 70_000];

    private readonly System.Random _random;
    private readonly Pool _pool;
    private readonly Graph _graph;
    private readonly List<Tensor> _variables = [];
    private readonly Evaluator _values;
    private readonly RunInput _first;
    private readonly Symbol _batch;
    private readonly int _seed;
    private readonly int _mostNodes;
    private readonly long _mostElements;
    private readonly long _mostFlops;
    private int _nodes;

    private GraphGenerator(int seed)
    {
        (_seed, _random) = (seed, Seeds.Random(seed));
        var isLarge = Seeds.Random(seed, LargePeriod).Next(LargePeriod) == 0;
        (_mostNodes, _mostElements, _mostFlops) = isLarge ? (16, 150_000, 10_000_000) : (80, 4000, 400_000);
        _graph = new Graph($"seed {seed}");
        var batch = Dim.Symbol("batch", new[] { 5, 9, 17 }[_random.Next(3)]);
        _batch = batch.Symbols[0];
        // Few extents, so that shapes meet; the long ones rarely, as three of them are a long product.
        var most = isLarge ? LargeExtents.Length : _random.Next(5) == 0 ? Extents.Length : 13;
        Dim[] extents = [.. Enumerable.Range(0, 3).Select(_ => (Dim)(isLarge ? LargeExtents : Extents)[_random.Next(most)])];
        extents[2] = _random.Next(40) == 0 ? 0 : extents[2];
        _pool = new Pool(_graph, _random, _random.Next(3) == 0 ? DType.Float64 : DType.Float32, extents, batch, isLarge ? _mostElements : long.MaxValue);
        Leaves();
        _first = Input(1 + _random.Next((int)_batch.Max));
        _values = new Evaluator(_first.Feeds(_graph), _first.ValueOf);
    }

    /// <summary>The case of a seed: the same on every machine that has the same targets.</summary>
    public static FuzzCase Draw(int seed)
    {
        var generator = new GraphGenerator(seed);
        generator.Grow();
        var steps = generator.Finish();
        var isSymbolic = steps.Build(everyNode: false).Graph.Nodes.Any(static n =>
            n.Operator is ExtentOp || n.Results.Any(static r => !r.Shape.IsConstant));
        var random = generator._random;
        var second = random.Next(4) == 0 ? 0 : 1 + random.Next((int)generator._batch.Max);
        var configuration = Configuration.Draw(random) with { DisabledRule = random.Next(4) == 0 ? FiredRule(steps, random) : null };
        ImmutableArray<RunInput> runs = isSymbolic ? [generator._first, generator.Input(second)] : [generator._first];
        return new(seed, steps, configuration, random.Next(12) == 0 ? runs.Add(generator.Input(second, hasSpecials: true)) : runs);
    }

    // One that has something to do: another one off would make no difference.
    private static string? FiredRule(GraphSteps steps, System.Random random)
    {
        var graph = steps.Build(everyNode: false).Graph;
        var fired = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            Optimizer.Run(graph, graph.Outputs, graph.Updates, new OptimizerOptions { Trace = (rule, _, _) => fired.Add(rule) });
        }
        catch (InternalCompilerException)
        {
            return null; // that it fails is found where it is compiled
        }

        return fired.Count == 0 ? null : fired.ElementAt(random.Next(fired.Count));
    }

    private void Leaves()
    {
        for (var i = 0; i < 3; i++)
        {
            var type = _random.Next(6) != 0 ? _pool.Main : _pool.Type();
            _pool.Add(_graph.Input($"x{i}", type, _pool.Shape(symbolic: true, _random.Next(4))));
        }

        for (var i = _random.Next(4); i > 0; i--)
        {
            var shape = _variables.Count > 0 && _random.Next(2) == 0 ? _variables[0].Shape : _pool.Shape(symbolic: false, _random.Next(4));
            _variables.Add(_random.Next(2) == 0 ? _graph.Parameter($"p{i}", _pool.Main, shape, Init.Zeros) : _graph.State($"s{i}", _pool.Main, shape, Init.Zeros));
            _pool.Add(_variables[^1]);
        }

        if (_random.Next(3) == 0)
        {
            _pool.Add(_graph.Input("i", DType.Int32, _pool.Shape(symbolic: true, _random.Next(3))));
        }

        if (_random.Next(4) == 0)
        {
            var shape = _pool.Shape(symbolic: false, 1 + _random.Next(2));
            double[] values = [.. Enumerable.Range(0, (int)shape.ElementCount.Factor).Select(_ => _random.Next(-4, 5) / 2.0)];
            _pool.Add(_graph.Constant(values, shape, _pool.Main));
        }
    }

    private RunInput Input(long batch, bool hasSpecials = false) => new(
        ImmutableSortedDictionary<string, long>.Empty.Add(_batch.Name, batch),
        _graph.Leaves.ToImmutableSortedDictionary(
            static l => l.Key, l => LeafValues.Draw(l.Value, batch, hasSpecials, _random), StringComparer.Ordinal))
    {
        HasSpecials = hasSpecials,
    };

    private void Grow()
    {
        var count = (int)Math.Round(Math.Exp(Math.Log(FewestNodes) + (_random.NextDouble() * Math.Log((double)_mostNodes / FewestNodes))));
        var derivatives = _random.Next(3) == 0 ? 0 : 1 + _random.Next(2);
        var first = count / (2 + _random.Next(3));
        var total = Draws.All.Sum(static d => d.Weight);
        for (var attempt = 0; attempt < 8 * count && _nodes < count; attempt++)
        {
            if (derivatives > 0 && _nodes >= first)
            {
                derivatives--;
                Derivative.Draw(_pool, _random).ForEach(d => Keep(d));
                continue;
            }

            var ticket = _random.Next(total);
            var draw = Draws.All.First(d => (ticket -= d.Weight) < 0);
            try
            {
                Keep(draw.Apply(_pool));
            }
            catch (Exception e) when (e is GraphException or ArgumentException or OverflowException)
            {
                // The operator does not accept what was drawn.
            }
        }

    }

    private void Keep(Tensor tensor)
    {
        var fresh = Traversal.Ancestors([tensor]).Where(n => !_values.Has(n)).ToList();
        if (fresh.Count > _mostNodes || tensor.Rank > 6
            || fresh.Any(n => n.Operator.Cost(n).Flops.Max > _mostFlops || n.Results.Any(r => r.Shape.ElementCount.Max > _mostElements)))
        {
            return;
        }

        var values = _values.Evaluate(tensor).Data;
        if (!tensor.DType.IsFloating() || values.All(static v => double.IsFinite(v) && Math.Abs(v) < Largest))
        {
            _pool.Add(tensor);
            _nodes += fresh.Count;
        }
    }

    private GraphSteps Finish()
    {
        List<(Tensor Variable, Tensor Value)> updates = [];
        foreach (var variable in _variables.Where(_ => _random.Next(4) != 0))
        {
            var fitting = _pool.Tensors.Where(t => t.Type == variable.Type && !ReferenceEquals(t, variable)).ToList();
            updates.Add((variable, fitting.Count > 0 && _random.Next(4) != 0 ? fitting[_random.Next(fitting.Count)] : (variable * 0.5) + _pool.Scalar(variable.DType)));
        }

        // Whatever was drawn is needed: what nobody reads is returned. Now and then also what somebody reads.
        var read = Traversal.Ancestors(_pool.Tensors).SelectMany(static n => n.Inputs).Concat(updates.Select(static u => u.Value)).ToHashSet();
        var returned = _pool.Tensors.Where(t => !read.Contains(t) || _random.Next(12) == 0).ToList();
        returned = returned.Count > 0 ? returned : [_pool.Tensors[^1]];
        return GraphSteps.Of($"seed {_seed}", [.. returned.Select((t, i) => (OutputNames.Draw(i, _random), t))], updates);
    }
}
