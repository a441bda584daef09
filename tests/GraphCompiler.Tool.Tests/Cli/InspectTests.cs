using GraphCompiler.Operators;
using GraphCompiler.Tool.Cli;
using GraphCompiler.Tool.Tests.Samples;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>Looking into graphs of all kinds of sources.</summary>
public sealed class InspectTests
{
    [Test]
    public async Task Inspect_AnAssembly_ShowsTheNamedGraph()
    {
        var result = await Tool.RunAsync("inspect", Tool.Assembly, "--graph", "mlp", "--target", "avx2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.Zero, result.Error);
            Assert.That(result.Output, Does.StartWith("mlp for x64-avx2: "));
            Assert.That(result.Output, Does.Contain("forward (").And.Contain("backward (").And.Contain("update ("));
            Assert.That(result.Output, Does.Contain("rule of contract for"));
            Assert.That(result.Output, Does.Contain("did not join kernel 1 H1: a contraction begins a kernel"));
            Assert.That(result.Output, Does.Contain("most alive: "));
            Assert.That(result.Output, Does.Contain("public static class Mlp"));
            Assert.That(result.Output, Does.Not.Contain("\u001B"), "no colours where nobody sees them");
            Assert.That(result.Output.Split('\n'), Has.None.EndsWith(" "), "nor blanks at ends of lines");
        }
    }

    [Test]
    public async Task Inspect_AFile_IsCompiledAndKnowsItsLines()
    {
        using var folder = new TemporaryFolder();
        var result = await Tool.RunAsync("inspect", folder.File("Line.cs", GraphFiles.Line), "--show", "graph");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Match(@"%\d+ = x \* slope .*Line\.cs:9"));
            Assert.That(result.Output, Does.Match(@"= \(x \* slope\) \+ offset .*Line\.cs:10"));
            Assert.That(result.Output, Does.Not.Contain("memory\n"));
        }
    }

    [Test]
    public async Task Inspect_ASavedGraph_ShowsWhatTheDeclaredOneShows()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("mlp");
        Graphs.Mlp(graph);
        graph.Save(folder.File("mlp.json"));
        var saved = await Tool.RunAsync("inspect", folder.File("mlp.json"), "-t", "avx2");
        var declared = await Tool.RunAsync("inspect", Tool.Assembly, "-g", "mlp", "-t", "avx2");
        Assert.That(saved.Code, Is.Zero, saved.Error);
        Assert.That(saved.Output, Is.EqualTo(declared.Output));
    }

    [Test]
    public async Task Inspect_TwoFiles_SeeEachOther()
    {
        using var folder = new TemporaryFolder();
        var helper = folder.File("Helper.cs", "using GraphCompiler; static class Helper { public static Tensor Twice(Tensor x) => x + x; }");
        var main = folder.File("Main.cs", "using GraphCompiler; static class G { [GraphDefinition] static void Two(Graph g) => g.Output(\"y\", Helper.Twice(g.Input(\"x\", [3]))); }");
        Assert.That((await Tool.RunAsync("inspect", main)).Error, Does.Contain("CS0103").And.Contain("Main.cs(1,"));
        Assert.That((await Tool.RunAsync("inspect", main, "--include", helper)).Code, Is.Zero);
    }

    [Test]
    public async Task Inspect_WithoutOptimizer_HasNoRewrites()
    {
        Assert.That((await Tool.RunAsync("inspect", Tool.Assembly, "-g", "mlp", "--show", "graph")).Output, Does.Contain("rewritten by elementwise-unbroadcast"));
        Assert.That((await Tool.RunAsync("inspect", Tool.Assembly, "-g", "mlp", "--show", "graph", "--no-optimize")).Output, Does.Not.Contain("rewritten by"));
    }

    [Test]
    public async Task Inspect_Html_WritesOnePageAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var result = await Tool.RunAsync("inspect", Tool.Assembly, "-g", "neuron", "--html", folder.File("page.html"));
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { folder.File("page.html") }));
        Assert.That(File.ReadAllText(folder.File("page.html")), Does.StartWith("<!doctype html>").And.EndWith("</html>\n"));
    }

    [Test]
    public async Task Inspect_InATerminal_HasColours()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, isInteractive: true);
        terminal.Console.Profile.Capabilities.Ansi = true;
        terminal.Console.Profile.Capabilities.ColorSystem = Spectre.Console.ColorSystem.TrueColor;
        Assert.That(await App.RunAsync(["inspect", Tool.Assembly, "-g", "neuron"], terminal, CancellationToken.None), Is.Zero, error.ToString());
        Assert.That(output.ToString(), Does.Contain("\u001B["));
    }

    [Test]
    public async Task Inspect_EmptyAndSizeOneExtents_AreShown()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("edges");
        graph.Output("none", graph.Input("x", [0, 3]).Exp());
        graph.Output("one", graph.Input("y", [1, 1]).Sum());
        graph.Save(folder.File("edges.json"));
        var result = await Tool.RunAsync("inspect", folder.File("edges.json"));
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("float32[0, 3]").And.Contain("float32[1, 1]"));
    }

    [Test]
    public async Task Inspect_HostileNames_StayOnTheirLines()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("line\nbreak");
        graph.Output("a\u001B[2Jb\r\n// *\u002F", graph.Input("x\u202E\0", [2]).Exp());
        graph.Save(folder.File("names.json"));
        var result = await Tool.RunAsync("inspect", folder.File("names.json"));
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.StartWith("line\\nbreak for "));
        Assert.That(result.Output.Where(static c => char.IsControl(c) && c != '\n'), Is.Empty);
        Assert.That(result.Output, Does.Not.Contain('\u202E'));
    }
}
