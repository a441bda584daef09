using System.Globalization;
using GraphCompiler.Diagnostics;
using GraphCompiler.Fuzz.Drawing;
using GraphCompiler.Inspect;
using GraphCompiler.Optimize;

namespace GraphCompiler.Fuzz.Tests;

/// <summary>
/// Ways that random graphs go besides being compiled and run: a file and back, the optimiser a second time, code ahead
/// of time, inspection. GRAPHC_FUZZ_WAYS says another number of graphs.
/// </summary>
public sealed class OtherWaysTests
{
    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("GRAPHC_FUZZ_WAYS"), CultureInfo.InvariantCulture, out var count) ? count : 100;

    private static IEnumerable<Graph> Graphs => Enumerable.Range(500_000, Count).Select(static seed => GraphGenerator.Draw(seed).Steps.Build(everyNode: seed % 4 == 0).Graph);

    [Test]
    public void Load_OfWhatWasSaved_IsTheSameGraphAndSource()
    {
        foreach (var graph in Graphs)
        {
            using var file = new MemoryStream();
            graph.Save(file);
            file.Position = 0;
            var loaded = Graph.Load(file);
            Assert.That(loaded.ToString(), Is.EqualTo(graph.ToString()), graph.Name);
            Assert.That(Source(loaded), Is.EqualTo(Source(graph)), graph.Name);
        }
    }

    [Test]
    public void Optimizer_ASecondTime_ChangesNothing()
    {
        foreach (var graph in Graphs)
        {
            var once = Optimizer.Run(graph, graph.Outputs, graph.Updates, new OptimizerOptions()).Graph;
            GraphVerifier.Verify(once, "Optimize");
            var fired = new List<string>();
            var twice = Optimizer.Run(once, once.Outputs, once.Updates, new OptimizerOptions { Trace = (rule, _, _) => fired.Add(rule) }).Graph;
            Assert.That(fired, Is.Empty, graph.Name);
            Assert.That(twice.ToString(), Is.EqualTo(once.ToString()), graph.Name);
        }
    }

    [Test]
    public void Emit_OfRandomGraphs_IsTheSameBytesTwice()
    {
        foreach (var graph in Graphs)
        {
            var emitted = GraphSource.Emit(graph);
            Assert.That(GraphSource.Emit(graph), Is.EqualTo(emitted), graph.Name);
        }
    }

    [Test]
    public void Inspection_OfRandomGraphs_PutsEachNodeSomewhere()
    {
        foreach (var graph in Graphs)
        {
            var inspection = GraphInspection.Of(graph);
            Assert.That(inspection.Kernels, Is.Not.Empty, graph.Name);
        }
    }

    private static string Source(Graph graph) =>
        Pipeline.Generate(graph, new CompileOptions { CacheDirectory = "", Debug = new DebugOptions(), Target = KernelTarget.Avx2 }, CancellationToken.None).Source;
}
