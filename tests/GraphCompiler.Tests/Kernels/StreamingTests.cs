using GraphCompiler.Compile;
using GraphCompiler.Inspect;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

namespace GraphCompiler.Tests.Kernels;

[TestFixture]
public sealed class StreamingTests
{
    private const string Stream = "Streaming.Store(", Fence = "Streaming.Fence();";

    [Test]
    public void Results_OfALargeKernel_GoPastTheCaches()
    {
        var source = Source(static g => g.Output("y", (g.Input("x", [4 << 20]) * 2) + 1));
        Assert.That(source, Does.Contain(Stream).And.Contain(Fence));
    }

    [Test]
    public void Results_OfRows_GoPastTheCachesAndPartialSumsDoNot()
    {
        var source = Source(static g =>
        {
            var (x, dy) = (g.Input("x", [4096, 768]), g.Input("dy", [4096, 768]));
            var gamma = g.Parameter("gamma", [768], Init.Constant(1));
            var y = g.Output("y", x.LayerNorm(gamma));
            var gradients = g.VectorJacobianProduct(y, dy, x, gamma);
            g.Output("dx", gradients[0]);
            g.Output("dgamma", gradients[1]);
        });
        var streamed = source.Split('\n').Where(static l => l.Contains(Stream, StringComparison.Ordinal)).Select(static l => l.Split("ref ")[1].Split(',')[0]).Distinct();
        Assert.That(streamed, Is.EquivalentTo(new[] { "yRow", "dxRow" }));
    }

    [Test]
    public void Results_ThatCachesHold_AreStoredAsEver() =>
        Assert.That(Source(static g => g.Output("y", (g.Input("x", [1 << 20]) * 2) + 1)), Does.Not.Contain("Streaming"));

    [Test]
    public void Results_OfASymbolicExtent_AreStoredAsEver() =>
        Assert.That(Source(static g => g.Output("y", (g.Input("x", [Dim.Symbol("n", 1 << 24)]) * 2) + 1)), Does.Not.Contain("Streaming"));

    [Test]
    public void Results_OfVectorMath_AreStoredAsEver() =>
        Assert.That(Source(static g => g.Output("y", g.Input("x", [4 << 20]).Exp())), Does.Not.Contain("Streaming"));

    [Test]
    public void Variables_UpdatedInPlace_AreStoredAsEver()
    {
        var source = Source(static g =>
        {
            var w = g.Parameter("w", [8 << 20], Init.Zeros);
            g.Sgd((w * w).Sum(), [w]);
        });
        Assert.That(source, Does.Not.Contain("Streaming"));
    }

    [Test]
    public void Lines_OfAStreamedResult_AreThoseOfItsStores()
    {
        var graph = new Graph();
        var x = graph.Input("x", [4 << 20]);
        var scaled = (x * 2).Named("scaled");
        graph.Output("scaled", scaled); // stored and read: a local, so that its store is no more than its name
        graph.Output("y", scaled + x);

        var inspection = GraphInspection.Of(graph, new CompileOptions { Target = KernelTarget.Portable });

        var source = inspection.Source.Split('\n');
        var node = inspection.Nodes.Single(static n => n.Name == "scaled");
        Assert.That(node.Lines.SelectMany(span => source[(span.First - 1)..span.Last]), Has.Some.Matches("Streaming\\.Store\\(.*, ref scaled, "));
    }

    // Rows of 1021 elements begin anywhere in a line.
    [TestCase(4 << 20, 1)]
    [TestCase(4111, 1021)]
    public void Run_OnEveryTarget_WritesEachElementOnce(int rows, int columns)
    {
        var values = Enumerable.Range(0, rows * columns).Select(static i => (float)((i * 7919L % 10007) - 5003)).ToArray();
        foreach (var target in new[] { KernelTarget.Portable, KernelTarget.Avx2, KernelTarget.Auto })
        {
            var graph = new Graph();
            var (x, s) = (graph.Input("x", [rows, columns]), graph.Input("s", [rows, 1]));
            var y = graph.Output("y", (x * 2) + s);
            using var compiled = graph.Compile(new CompileOptions { Target = target });
            Assert.That(compiled.Source, Does.Contain(Stream));
            using var execution = compiled.CreateExecution(workers: 2);
            values.CopyTo(execution.Span(compiled.Input<float>("x")));
            for (var i = 0; i < rows; i++)
            {
                execution.Span(compiled.Input<float>("s"))[i] = i % 251;
            }

            execution.Run();

            var written = execution.Span(compiled.Output<float>("y"));
            var wrong = 0;
            for (var i = 0; i < written.Length; i++)
            {
                wrong += written[i] == (values[i] * 2) + (i / columns % 251) ? 0 : 1;
            }

            Assert.That(wrong, Is.Zero, $"{target}");
        }
    }

    private static string Source(Action<Graph> declare)
    {
        var graph = new Graph();
        declare(graph);
        using var compiled = graph.Compile(new CompileOptions { Target = KernelTarget.Portable });
        return compiled.Source;
    }
}
