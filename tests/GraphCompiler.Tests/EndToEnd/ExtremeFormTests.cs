using System.Globalization;
using GraphCompiler.CodeGen;
using GraphCompiler.Operators;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Graphs of unusual form are compiled in seconds, and what is written about them grows with their nodes, not faster.</summary>
public sealed class ExtremeFormTests
{
    private const int Few = 250, Many = 1000;

    [Test]
    public void Generate_ConcatenationOfMany_WritesInProportion()
    {
        var (few, many) = (Source(Concatenation(Few)), Source(Concatenation(Many)));
        Assert.That(many, Does.Contain("concatenate[axis 0]((x * 0.5), ..., (x * "), "long lists of operands are cut");
        Assert.That(many.Length, Is.LessThan(5L * few.Length));
    }

    [Test]
    public void Generate_ConcatenationOfAFew_NamesThemAll()
    {
        Assert.That(Source(Concatenation(16)), Does.Not.Contain(", ..., "));
    }

    /// <summary>The gradient of a sum is one tensor, which bears a name for each term.</summary>
    [Test]
    [CancelAfter(60_000)]
    public void Gradients_SumOfManyOutputs_HasTheNamesOfAll(CancellationToken cancellation)
    {
        const int Terms = 20_000;
        var graph = new Graph("terms");
        var x = graph.Input("x", [8]);
        var sum = x;
        for (var i = 0; i < Terms; i++)
        {
            sum += graph.Output(Name("y", i), x * Factor(i));
        }

        graph.Output("dx", graph.Gradients(graph.Output("loss", sum.Sum()), x)[0]);
        cancellation.ThrowIfCancellationRequested();
        var names = graph.Nodes.SelectMany(static n => n.Results).Single(static r => r.Names.Contains("d_y7")).Names;
        Assert.That(names, Is.SupersetOf(Enumerable.Range(0, Terms).Select(i => Name("d_y", i))));
        Assert.That(names, Is.Unique);
    }

    [Test]
    [CancelAfter(60_000)]
    public void Generate_OneTensorReadByMany_Completes(CancellationToken cancellation)
    {
        const int Readers = 5_000;
        var graph = new Graph("readers");
        var x = graph.Parameter("x", [8], Runtime.State.Init.Zeros);
        var sum = x;
        for (var i = 0; i < Readers; i++)
        {
            sum += (x * Factor(i)).Tanh();
        }

        graph.Update(x, x - graph.Gradients(graph.Output("loss", sum.Sum()), x)[0]);
        var program = Pipeline.Generate(graph, new CompileOptions { CacheDirectory = "" }, cancellation);
        Assert.That(program.KernelCount, Is.InRange(Readers / 12, Readers / 5));
    }

    private static Graph Concatenation(int parts)
    {
        var graph = new Graph("parts");
        var x = graph.Input("x", [1, 8]);
        graph.Output("y", Op.Concatenate([.. Enumerable.Range(0, parts).Select(i => x * Factor(i))], 0));
        return graph;
    }

    private static string Source(Graph graph) => Pipeline.Generate(graph, new CompileOptions(), CancellationToken.None).Source;

    private static string Name(string stem, int i) => string.Create(CultureInfo.InvariantCulture, $"{stem}{i}");

    private static float Factor(int i) => 0.5f + (i / 65536f);
}
