using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Optimize;

/// <summary>Random graphs of the operators that laws speak of: optimized, every output has the same bits.</summary>
public sealed class OptimizerFuzzTests
{
    private const int GraphsPerSeed = 60;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void Run_RandomGraphs_KeepBits(int seed)
    {
        var random = new System.Random(seed);
        var fired = new HashSet<string>();
        for (var i = 0; i < GraphsPerSeed; i++)
        {
            fired.UnionWith(OptimizerAssert.Optimizes(Build(random)).Rules);
        }

        TestContext.Out.WriteLine($"seed {seed}: {fired.Count} rules: {string.Join(", ", fired.Order())}");
        Assert.That(fired, Has.Count.GreaterThan(25), "random graphs must be such that laws apply");
    }

    private static Graph Build(System.Random random)
    {
        var graph = new Graph();
        var batch = Dim.Symbol("batch", 4);
        List<Tensor> tensors =
        [
            graph.Input("a", [3, 4]), graph.Input("b", [3, 4]), graph.Input("row", [4]), graph.Input("cell", [1, 1]), graph.Input("s", []),
            graph.Input("x", [batch, 4]), graph.Input("i", DType.Int32, [3, 4]), graph.Input("p", DType.Bool, [3, 4]),
        ];
        for (var i = 0; i < 40; i++)
        {
            if (Next(graph, tensors, random) is { } next && (!next.Shape.IsConstant || next.Shape.ElementCount.Factor <= 2000))
            {
                tensors.Add(next);
            }
        }

        for (var i = 0; i < 6; i++)
        {
            graph.Output($"y{i}", tensors[random.Next(tensors.Count)]);
        }

        graph.Output("last", tensors[^1]);
        return graph;
    }

    // Null where the operator does not accept what was drawn.
    private static Tensor? Next(Graph graph, List<Tensor> tensors, System.Random random)
    {
        var (a, b, c) = (Pick(tensors, random), Pick(tensors, random), Pick(tensors, random));
        try
        {
            return random.Next(30) switch
            {
                0 or 1 => a.Negate(),
                2 => a.Add(b),
                3 => a.Subtract(b),
                4 or 5 => a.Multiply(b),
                6 => a.Divide(b),
                7 => a.Abs(),
                8 => a.Relu(),
                9 => Op.Max(a, b),
                10 => Op.Min(a, a),
                11 => a.Less(b),
                12 => a.EqualTo(b),
                13 => a.Not(),
                14 => random.Next(2) == 0 ? a.And(b) : a.Or(b),
                15 or 16 => Op.Select(a, b, c),
                17 => a.Cast((DType)random.Next(4)),
                18 => a.Transpose([.. Enumerable.Range(0, a.Rank).OrderBy(_ => random.Next())]),
                19 => a.Reshape([.. a.Shape.Where(d => d != 1).SelectMany(d => random.Next(3) == 0 ? (Dim[])[1, d] : [d])]),
                20 => a.Reshape([a.Shape.ElementCount]),
                21 => Tensor.Apply(new BroadcastOp([3, .. a.Shape], Enumerable.Range(1, a.Rank).ToEquatableArray()), a, Origin.None),
                22 => Tensor.Apply(new BroadcastOp([.. a.Shape, 3], Enumerable.Range(0, a.Rank).ToEquatableArray()), a, Origin.None),
                23 => a.Slice(random.Next(a.Rank), random.Next(2), random.Next(1, 3), random.Next(1, 3)),
                24 => a.Pad(random.Next(a.Rank), random.Next(2), random.Next(2)),
                25 => Op.Concatenate([a, b], random.Next(a.Rank)),
                26 => Reduce(a, random),
                27 => a.Contract(b, [random.Next(a.Rank)], [random.Next(b.Rank)]),
                28 => a.Exp(),
                _ => graph.Splat(random.Next(-2, 3), a.DType, random.Next(2) == 0 ? Shape.Scalar : a.Shape, Origin.None),
            };
        }
        catch (GraphException)
        {
            return null;
        }
    }

    private static Tensor Pick(List<Tensor> tensors, System.Random random) =>
        tensors[random.Next(3) == 0 ? random.Next(tensors.Count) : Math.Max(0, tensors.Count - 1 - random.Next(6))];

    private static Tensor Reduce(Tensor a, System.Random random)
    {
        int[] axes = [.. Enumerable.Range(0, a.Rank).Where(_ => random.Next(2) == 0)];
        var keep = random.Next(2) == 0;
        return random.Next(3) switch
        {
            0 => a.Max(axes, keep),
            1 => a.Min(axes, keep),
            _ => a.Sum(axes, keep),
        };
    }
}
