using System.Text.RegularExpressions;
using GraphCompiler.Operators;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Kernels;

/// <summary>A cheap value that a kernel reads several times is computed once an element.</summary>
public sealed class SharedValueTests
{
    [Test]
    public void CheapValue_ReadThreeTimes_IsOneLocal()
    {
        var graph = new Graph();
        var a = graph.Input("x", [Dim.Symbol("n", 5000)]) * 1.5f;
        graph.Output("y", (a + 0.25f).Exp() * a.Tanh() / (a + 0.25f));
        var source = Source(graph);
        Assert.That(Regex.Count(source, Regex.Escape("Create(1.5f)")), Is.EqualTo(2 * 2), source); // a alone and below a + ¼; two loops
        Assert.That(Regex.Count(source, Regex.Escape("Create(0.25f)")), Is.EqualTo(2), source);
    }

    [Test]
    public void CheapValue_OfARow_StaysInFrontOfTheLoop()
    {
        var graph = new Graph();
        var scale = graph.Input("scale", [32, 1]) + 0.75f;
        var x = graph.Input("x", [32, 64]);
        graph.Output("y", (x * scale).Exp() * (x + scale).Tanh());
        var source = Source(graph);
        var loop = source.IndexOf("for (;", StringComparison.Ordinal);
        Assert.That(source.LastIndexOf("0.75f", StringComparison.Ordinal), Is.LessThan(loop).And.Positive, source);
    }

    private static string Source(Graph graph) => Pipeline.Generate(graph, Steps.Options with { Target = KernelTarget.Avx2 }, default).Source;
}
