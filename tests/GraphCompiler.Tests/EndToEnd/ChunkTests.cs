using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.Schedule;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Reductions that are cut into chunks give what their definition says, with the same bits on every target and any number of workers.</summary>
public sealed class ChunkTests
{
    private const double Error = 2e-5; // relative to the largest value; sums here have some thousand terms

    [Test]
    public void Run_LongLineOfSeveralPasses_EqualsDefinition() => Check("one line", 100_003, 1, static (graph, x) =>
    {
        var line = x.Reshape([x.Shape[0] * x.Shape[1]]);
        graph.Output("mean", line.Mean());
        graph.Output("variance", line.Variance());
        graph.Output("centred", line - line.Mean());
        graph.Output("largest", line.Max());
    });

    [TestCase(20_000, 7)]
    [TestCase(5_000, 70)]
    [TestCase(40_000, 1)]
    public void Run_ManyRowsOfFewColumns_EqualsDefinition(int rows, int columns) => Check("columns", rows, columns, static (graph, x) =>
    {
        graph.Output("sum", x.Sum([0]));
        graph.Output("mean", (x * x).Mean([0]) + 1);
    });

    [Test]
    public void Run_FewLongRows_EqualsDefinition() => Check("rows", 3, 50_001, static (graph, x) =>
    {
        graph.Output("sum", x.Sum([1]));
        graph.Output("smallest", x.Min([1]));
    });

    [TestCase(300, 40, 1)]
    [TestCase(64, 10, 1)]
    [TestCase(1, 33, 2)]
    public void Run_NormalisationWithAllGradients_EqualsDefinition(int rows, int columns, int kernels)
    {
        var planned = new Planned(Check("normalisation", rows, columns, static (graph, x) => Normalise(graph, x)));
        Assert.That(planned.Kernels, Has.Length.EqualTo(kernels), "one pass over memory; a sum of one row is a copy");
    }

    [Test]
    public void Run_ColumnMeansThatRowsNeed_StayKernelsOfTheirOwn() => Check("standardised", 300, 40, static (graph, x) =>
    {
        var standardised = x - x.Mean([0], keepDims: true);
        graph.Output("y", standardised.Softmax());
        graph.Output("sum", (standardised * standardised).Sum([0]));
    });

    [Test]
    public void Run_SumsOverRowsOfWhatRowsGive_EqualsDefinition() => Check("softmax", 200, 30, static (graph, x) =>
    {
        var y = graph.Output("y", x.Softmax());
        graph.Output("sum", y.Sum([0]));
        graph.Output("scaled", (x * y).Max([0]) * 3);
        graph.Output("loss", x.LogSumExp(-1).Mean());
    });

    [Test]
    public void Run_SumsOverRowsOfPointwiseWork_AreOneKernelWithIt()
    {
        var planned = new Planned(Check("bias", 500, 24, static (graph, x) =>
        {
            var upstream = graph.Input("upstream", x.Shape);
            var dx = graph.Output("dx", upstream * x.Tanh() * x);
            graph.Output("dbias", dx.Sum([0]));
            graph.Output("mean", upstream.Mean([0]) * 2);
        }));
        Assert.That(planned.Kernels, Has.Length.EqualTo(1));
    }

    // The loop over columns is one loop only where what follows the sums allows it.
    [Test]
    public void Run_SumsOverRowsTimesABroadcast_EqualsDefinition() => Check("broadcast", 100, 24, static (graph, x) =>
    {
        var dx = graph.Output("dx", x.Reshape([x.Shape[0], 4, 6]).Tanh());
        var (inner, outer) = (graph.Input("inner", [6]), graph.Input("outer", [4, 1]));
        graph.Output("sum", (dx.Sum([0]) * inner) + outer);
    });

    [Test]
    public void Run_ScaleUpdatedFromItsGradient_IsWrittenInPlace()
    {
        var graph = new Graph("step");
        var x = graph.Input("x", [64, 48]);
        var scale = graph.Parameter("scale", [48], Init.Constant(1));
        var y = graph.Output("y", (x - x.Mean([-1], keepDims: true)) * scale);
        graph.Update(scale, scale - (0.1 * graph.Gradients((y * y).Sum(), scale)[0]));
        var planned = new Planned(graph);
        Assert.That((planned.Kernels.Length, planned.Copies, planned.Schedule.InPlace.Count), Is.EqualTo((1, 0, 1)));
    }

    private static void Normalise(Graph graph, Tensor x)
    {
        var (scale, shift, upstream) = (graph.Input("scale", [x.Shape[1]]), graph.Input("shift", [x.Shape[1]]), graph.Input("upstream", x.Shape));
        var centred = x - x.Mean([-1], keepDims: true);
        var y = graph.Output("y", (centred / ((centred * centred).Mean([-1], keepDims: true) + 1e-5).Sqrt() * scale) + shift);
        var gradients = graph.Gradients((y * upstream).Sum(), x, scale, shift);
        graph.Output("dx", gradients[0]);
        graph.Output("dscale", gradients[1]);
        graph.Output("dshift", gradients[2]);
    }

    // With a row count that is known and with one that is not.
    private static Graph Check(string name, int rows, int columns, Action<Graph, Tensor> build)
    {
        var symbolic = new Graph(name);
        build(symbolic, symbolic.Input("x", [Dim.Symbol("rows", rows), columns]));
        var (portable, first) = (Compile(symbolic, KernelTarget.Portable), Compile(symbolic, KernelTarget.Avx2));
        foreach (var some in new[] { rows, (rows / 2) + 1, 0 })
        {
            Compare(symbolic, first, portable, some);
        }

        var graph = new Graph(name);
        build(graph, graph.Input("x", [rows, columns]));
        Compare(graph, Compile(graph, KernelTarget.Avx2), Compile(graph, KernelTarget.Portable), rows);
        return graph;
    }

    private static CompiledGraph Compile(Graph graph, KernelTarget target) => graph.Compile(new CompileOptions { Target = target, CacheDirectory = "" });

    private static void Compare(Graph graph, CompiledGraph wide, CompiledGraph portable, int rows)
    {
        var random = new System.Random(rows);
        var feeds = graph.Leaves.Values.ToDictionary(static l => l, l =>
        {
            var shape = l.Shape.Evaluate(_ => rows);
            return new ReferenceArray(l.DType, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, static (n, e) => n * e)).Select(_ => (double)(float)(random.NextDouble() - 0.3))]);
        });
        var one = GraphRun.Run(graph, wide, feeds, rows, workers: 1);
        var definition = new Interpreter();
        foreach (var (leaf, value) in feeds)
        {
            definition.Feed(leaf, value);
        }

        for (var r = 0; r < one.Count; r++)
        {
            var expected = definition.Evaluate(graph.Outputs[r].Tensor).Data;
            var scale = expected.Where(double.IsFinite).Select(Math.Abs).Append(1e-3).Max();
            Assert.That(one[r].Values, Has.Length.EqualTo(expected.Length));
            Assert.That(one[r].Values.Zip(expected).All(p => p.First.Equals(p.Second) || Math.Abs(p.First - p.Second) <= Error * scale), $"{one[r].Name} of {rows} rows");
        }

        foreach (var other in new[] { GraphRun.Run(graph, wide, feeds, rows, workers: 2), GraphRun.Run(graph, wide, feeds, rows, workers: 3), GraphRun.Run(graph, portable, feeds, rows, workers: 2) })
        {
            Assert.That(other.Select(static r => r.Bits), Is.EqualTo(one.Select(static r => r.Bits)), $"{rows} rows");
        }
    }
}
