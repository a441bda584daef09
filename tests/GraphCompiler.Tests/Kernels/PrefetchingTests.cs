using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

namespace GraphCompiler.Tests.Kernels;

[TestFixture]
public sealed class PrefetchingTests
{
    [Test]
    public void Rows_OfMatricesThatNoCacheKeeps_FetchEachStreamOfALaterRowOnce()
    {
        var source = Normalised(rows: 1024, columns: 768);

        // x and its upstream gradient; y and dx are written whole lines at a time.
        Assert.That(Streams(source), Is.EquivalentTo(new[] { "x", "dy" }));
        Assert.That(source, Does.Contain("* 768 + 1536)"), "the row after the next one");
    }

    [Test]
    public void Rows_ShortOnes_AreFetchedSeveralAhead() =>
        Assert.That(Normalised(rows: 8192, columns: 160), Does.Contain("* 160 + 1440)"));

    [Test]
    public void Rows_OfOneStream_AreFetchedByTheFirstPass()
    {
        var graph = new Graph("normalised");
        graph.Output("y", graph.Input("x", [1024, 768]).LayerNorm());
        using var compiled = graph.Compile(new CompileOptions { Target = KernelTarget.Portable });
        var source = compiled.Source;

        Assert.That(Streams(source), Is.EqualTo(new[] { "x" }));
        Assert.That(source, Does.Contain("* 768 + 768)"), "the next row");
        Assert.That(source.IndexOf("Prefetch.Line", StringComparison.Ordinal), Is.LessThan(source.IndexOf("Vec128.Sum", StringComparison.Ordinal)), "before the first sum is complete");
    }

    [Test]
    public void Rows_OfSeveralStreams_AreFetchedByTheLastPasses()
    {
        var source = Normalised(rows: 1024, columns: 768);
        Assert.That(source.IndexOf("Prefetch.Line", StringComparison.Ordinal), Is.GreaterThan(source.IndexOf("Vec128.Sum", StringComparison.Ordinal)), "after the first sum is complete");
    }

    [TestCase(64, 768)] // stays in a cache
    [TestCase(16384, 64)] // one row follows the other: a single stream
    [TestCase(64, 16384)] // a row fills the first-level cache
    public void Rows_WhereItWouldNotHelp_FetchNothing(int rows, int columns) =>
        Assert.That(Normalised(rows, columns), Does.Not.Contain("Prefetch"));

    [Test]
    public void Tile_WithAnUpdateInItsEpilogue_FetchesWhatTheUpdateReads()
    {
        var graph = new Graph("update");
        var x = graph.Input("x", [64, 784]);
        var w = graph.Parameter("w", [784, 512], Init.Zeros);
        var loss = x.MatMul(w).Sum();
        graph.Adam(loss, [w]);
        using var compiled = graph.Compile(new CompileOptions { Target = KernelTarget.Portable });

        Assert.That(compiled.Source.Split('\n').Count(static l => l.Contains("Prefetch.Tile(", StringComparison.Ordinal)), Is.EqualTo(3), "w and its two moments");
    }

    private static string Normalised(int rows, int columns)
    {
        var graph = new Graph("normalised");
        var x = graph.Input("x", [rows, columns]);
        var dy = graph.Input("dy", [rows, columns]);
        var y = graph.Output("y", x.LayerNorm());
        graph.Output("dx", graph.Gradients((y * dy).Sum(), x)[0]);
        using var compiled = graph.Compile(new CompileOptions { Target = KernelTarget.Portable });
        return compiled.Source;
    }

    private static List<string> Streams(string source)
    {
        var rows = source.Split('\n').Where(static l => l.Contains("Prefetch.Line(ref ", StringComparison.Ordinal))
            .Select(static l => l.Split("Prefetch.Line(ref ")[1].Split(',')[0]).Distinct();
        return [.. rows.Select(row => source.Split('\n').First(l => l.Contains($"ref float {row} = ", StringComparison.Ordinal)).Split("Unsafe.Add(ref ")[1].Split(',')[0])];
    }
}
