using GraphCompiler.Operators;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>One node, from formula to generated lines.</summary>
public sealed class ExplainTests
{
    [Test]
    public async Task Explain_AGradient_FollowsItToItsRuleAndItsLines()
    {
        var result = await Tool.RunAsync("explain", Tool.Assembly, "head/d_w", "-g", "mlp", "-t", "avx2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Code, Is.Zero, result.Error);
            Assert.That(result.Output, Does.StartWith("head/d_w = h2 . d_guess\n"));
            Assert.That(result.Output, Does.Contain("made as   rule of contract for"));
            Assert.That(result.Output, Does.Match("declared .*Graphs.cs:[0-9]+  graph.Adam"));
            Assert.That(result.Output, Does.Match("(?s)generated lines\n +[0-9]+ +.*Tile256"));
        }
    }

    [Test]
    public async Task Explain_AForwardNode_ShowsWhatItsRuleMade()
    {
        var result = await Tool.RunAsync("explain", Tool.Assembly, "h2", "-g", "mlp", "-t", "avx2");
        Assert.That(result.Output, Does.Contain("the rule of relu made").And.Contain("(0 < h2) ? d_h2 : 0"));
    }

    [Test]
    public async Task Explain_ByNumberNameOrOutput_FindsTheSame()
    {
        var byName = await Tool.RunAsync("explain", Tool.Assembly, "s", "-g", "neuron");
        Assert.That(byName.Output, Does.Contain("float s = Scalar.Fma"));
        var id = GraphCompiler.Inspect.GraphInspection.Of(Neuron()).Nodes.Single(static n => n.Name == "s").Id;
        Assert.That((await Tool.RunAsync("explain", Tool.Assembly, $"%{id}", "-g", "neuron")).Output, Is.EqualTo(byName.Output));
        Assert.That((await Tool.RunAsync("explain", Tool.Assembly, "dw", "-g", "neuron")).Output, Does.StartWith("d_weight"));
    }

    [Test]
    public async Task Explain_ANameOfSeveralNodes_ListsThemByNumber()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("twice");
        graph.Output("y", graph.Input("x", [2]).Exp().Named("t").Sqrt().Named("t"));
        graph.Save(folder.File("twice.json"));
        var result = await Tool.RunAsync("explain", folder.File("twice.json"), "t");
        Assert.That((result.Code, result.Error), Is.EqualTo((1, "error: 2 nodes are called \"t\"; choose one by its number:\n  %1: t = exp(x)\n  %2: t = sqrt(t)\n")));
        Assert.That((await Tool.RunAsync("explain", folder.File("twice.json"), "%2")).Output, Does.StartWith("t = sqrt(t)\n"));
        Assert.That((await Tool.RunAsync("explain", folder.File("twice.json"), "tt")).Error, Does.Contain("it has x, t, y,").Or.Contain("it has x, t, and"));
    }

    [Test]
    public async Task Explain_AVariable_SaysWhichKernelsReadIt()
    {
        var result = await Tool.RunAsync("explain", Tool.Assembly, "layer2/w", "-g", "mlp", "-t", "avx2");
        Assert.That(result.Output, Does.Contain("read by   kernel 2 H2\n").And.Contain("read by   kernel 9 D_h1\n"));
    }

    [Test]
    public async Task Explain_ASavedGraphThatNamesAnotherFile_DoesNotShowIt()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("leak");
        graph.Output("y", graph.Input("x", [2]).Exp());
        graph.Save(folder.File("leak.json"));
        var text = await File.ReadAllTextAsync(folder.File("leak.json"));
        var own = new System.Diagnostics.StackFrame(needFileInfo: true).GetFileName()!;
        folder.File("leak.json", text.Replace(own, folder.File("secret", "the first line\nthe second line\n" + string.Concat(Enumerable.Repeat("secret\n", 200)))));
        var result = await Tool.RunAsync("explain", folder.File("leak.json"), "y");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("secret:").And.Not.Contain("  secret\n"));
    }

    [TestCase("hh", "it has")]
    [TestCase("D_W", "alike are head/d_w, layer2/d_w, layer1/d_w")]
    [TestCase("%9999", "numbers from %0")]
    [TestCase("%99999999999999999999", "numbers from %0")]
    [TestCase("", "it has")]
    public async Task Explain_AnUnknownNode_SuggestsOthers(string name, string expected)
    {
        var result = await Tool.RunAsync("explain", Tool.Assembly, name, "-g", "mlp");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("no node of the compiled graph is called").And.Contain(expected));
    }

    private static Graph Neuron()
    {
        var graph = new Graph("neuron");
        Samples.Graphs.Neuron(graph);
        return graph;
    }
}
