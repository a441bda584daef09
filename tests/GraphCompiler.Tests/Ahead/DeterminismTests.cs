using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphCompiler.Operators;
using GraphCompiler.Tests.Definitions;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Ahead;

/// <summary>The same graph is the same bytes, whoever generates it, where and when.</summary>
public sealed class DeterminismTests
{
    private const string Declaration = """
        static class Graphs
        {
            [GraphDefinition]
            public static void Net(Graph graph)
            {
                var x = graph.Input("x", [4, 8]);
                var hidden = x.Tanh().Named("hidden");
                graph.Output("y", hidden.Sum([1]));
            }
        }
        """;

    [Test]
    public void Text_OfTheSameGraphTwice_IsTheSameBytesAndSaysItsHash()
    {
        var (first, second) = (Emit(NamedGraphs.Mlp(momentum: true)), Emit(NamedGraphs.Mlp(momentum: true)));
        Assert.That(second, Is.EqualTo(first));
        var below = first.Text[(first.Text.IndexOf(first.ContentHash, StringComparison.Ordinal) + 65)..];
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(below))), Is.EqualTo(first.ContentHash));
        Assert.That(first.Text, Does.Not.Contain('\r').And.Not.Contain(AppContext.BaseDirectory));
        Assert.That(first.Map, Does.Not.Contain('\r').And.Contain(first.ContentHash));
    }

    [Test]
    public void Text_OtherWayOfWritingNumbers_IsTheSameBytes()
    {
        var expected = Emit(NamedGraphs.Normalisation());
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.PositiveInfinitySymbol = "oo";
        culture.NumberFormat.NaNSymbol = "?";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.That(Emit(NamedGraphs.Normalisation()), Is.EqualTo(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Another language where the letter i has another capital, one processor, without wide vectors.
    [Test]
    public void Text_OnALesserMachineInAnotherLanguage_IsTheSameBytes()
    {
        const string Name = "GraphCompiler.Tests.Host";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", Name, configuration, $"{Name}.dll"));
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", host, "emission"]) { RedirectStandardOutput = true };
        foreach (var (variable, value) in new[] { ("DOTNET_EnableAVX2", "0"), ("DOTNET_PROCESSOR_COUNT", "1"), ("LANG", "tr_TR.UTF-8"), ("GRAPHC_THREADS", "1") })
        {
            start.Environment[variable] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.That(output, Is.EqualTo(Emit(NamedGraphs.Normalisation()).ContentHash));
    }

    [Test]
    public void Text_BlankLineInTheDeclaringFile_ChangesTheMapAlone()
    {
        var (first, second) = (Emit(Declaration), Emit("\n" + Declaration));
        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That(second.ContentHash, Is.EqualTo(first.ContentHash));
        Assert.That((Line(first), Line(second)), Is.EqualTo((7, 8)));
    }

    [Test]
    public void Map_LinesOfKernels_LeadToTheLinesThatDeclaredThem()
    {
        var source = Emit(Declaration);
        var lines = source.Text.Split('\n');
        using var map = JsonDocument.Parse(source.Map);
        var (root, nodes) = (map.RootElement, map.RootElement.GetProperty("nodes").EnumerateArray().ToList());
        Assert.That(root.GetProperty("files")[0].GetString(), Is.EqualTo("Net.cs"));
        var pairs = root.GetProperty("lines").EnumerateArray().Select(pair => (Line: pair[0].GetInt32(), Node: nodes[pair[1].GetInt32()])).ToList();
        Assert.That(pairs.Select(static p => p.Line), Is.Ordered.And.Unique);
        foreach (var method in root.GetProperty("methods").EnumerateArray())
        {
            Assert.That(lines[method.GetProperty("first").GetInt32() - 1], Does.Contain($" {method.GetProperty("method").GetString()}(in Worker w"));
            Assert.That(lines[method.GetProperty("last").GetInt32() - 1], Is.EqualTo("        }"));
            Assert.That(method.GetProperty("calls")[0].GetArrayLength(), Is.Positive);
            var inside = Enumerable.Range(method.GetProperty("first").GetInt32(), method.GetProperty("last").GetInt32() - method.GetProperty("first").GetInt32());
            var commented = inside.Where(l => lines[l - 1].Trim().StartsWith("// ", StringComparison.Ordinal)).ToList();
            Assert.That(commented, Is.Not.Empty);
            foreach (var line in commented)
            {
                var node = pairs.Last(p => p.Line <= line).Node;
                Assert.That(lines[line - 1].Trim(), Is.EqualTo($"// {node.GetProperty("formula").GetString()}"));
            }
        }

        Assert.That(root.GetProperty("methods").GetArrayLength(), Is.EqualTo(3), "one kernel for each target");
    }

    // What has nothing in common with the root stays: a way there from here would say where here is.
    [Platform(Exclude = "Win")]
    [TestCase("/app/src/Graphs/Net.cs", "Graphs/Net.cs")]
    [TestCase("/app/other/Net.cs", "../other/Net.cs")]
    [TestCase("/_/src/Net.cs", "/_/src/Net.cs")]
    [TestCase("C:\\agent\\Net.cs", "C:/agent/Net.cs")]
    [TestCase("Net.cs", "Net.cs")]
    public void Map_Files_AreRelativeWhereTheyHaveSomethingInCommon(string file, string shown)
    {
        var graph = new Graph("small");
        graph.Output("y", graph.Input("x", [4], file, 1).Tanh(file, 1), file, 1);
        using var map = JsonDocument.Parse(GraphSource.Emit(graph, new EmitOptions { SourceRoot = "/app/src/" }).Map);
        Assert.That(map.RootElement.GetProperty("files").EnumerateArray().Select(static f => f.GetString()), Is.EqualTo([shown]));
    }

    private static int Line(EmittedSource source)
    {
        using var map = JsonDocument.Parse(source.Map);
        var hidden = map.RootElement.GetProperty("nodes").EnumerateArray()
            .First(static node => node.GetProperty("names").EnumerateArray().Any(static name => name.GetString() == "hidden"));
        return hidden.GetProperty("origins")[0][1].GetInt32();
    }

    private static EmittedSource Emit(Graph graph) => GraphSource.Emit(graph);

    private static EmittedSource Emit(string declaration)
    {
        using var graphs = new GraphAssembly(declaration);
        return GraphSource.Emit(GraphDefinitions.In(graphs.Loaded).Single().Declare(), new EmitOptions { SourceRoot = "/app" });
    }
}
