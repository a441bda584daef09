using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using GraphCompiler.Optimize;

namespace GraphCompiler.Tests.Optimize;

public sealed class DebugOptionsTests
{
    private string _directory = "";

    [SetUp]
    public void SetUp() => _directory = Path.Combine(Path.GetTempPath(), $"graphcompiler-{Guid.NewGuid():N}");

    [TearDown]
    public void TearDown()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [TestCase(null, DebugLevel.None)]
    [TestCase("", DebugLevel.None)]
    [TestCase("yes", DebugLevel.None)]
    [TestCase("-1", DebugLevel.None)]
    [TestCase("0", DebugLevel.None)]
    [TestCase("1", DebugLevel.Timings)]
    [TestCase("5", DebugLevel.Rewrites)]
    [TestCase("6", DebugLevel.Verify)]
    [TestCase("100", DebugLevel.Verify)]
    public void From_LevelText_IsClampedToTheLadder(string? text, DebugLevel expected) =>
        Assert.That(DebugOptions.From(text, null, null).Level, Is.EqualTo(expected));

    [Test]
    public void From_BlankDirectory_IsNone() =>
        Assert.That(DebugOptions.From(null, " ", null).DumpDirectory, Is.Null);

    [Test]
    public void Dump_Off_MakesNoText()
    {
        var options = new DebugOptions(DebugLevel.Timings, writer: new StringWriter());

        Assert.That(() => options.Dump("00-graph.txt", () => throw new InvalidOperationException()), Throws.Nothing);
    }

    [Test]
    public void Dump_ToDirectoryAndWriter_MakesTheTextOnce()
    {
        var writer = new StringWriter();
        var options = new DebugOptions(DebugLevel.Graphs, _directory, writer);
        var calls = 0;

        options.Dump("00-graph.txt", () => $"text {++calls}\n");

        Assert.That(File.ReadAllText(Path.Combine(_directory, "00-graph.txt")), Is.EqualTo("text 1\n"));
        Assert.That(writer.ToString(), Is.EqualTo("-- 00-graph.txt\ntext 1\n"));
    }

    [Test]
    public void Dump_Again_ReplacesTheFileAndLeavesNothingElse()
    {
        var options = new DebugOptions(DebugLevel.None, _directory);

        options.Dump("00-graph.txt", () => "long text");
        options.Dump("00-graph.txt", () => "short");

        Assert.That(File.ReadAllText(Path.Combine(_directory, "00-graph.txt")), Is.EqualTo("short"));
        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(1));
    }

    [Test]
    public void Dump_IntoAFile_GRC0433NamesIt()
    {
        File.WriteAllText(_directory, "a file");
        var options = new DebugOptions(dumpDirectory: _directory);
        var error = Assert.Throws<GraphException>(() => options.Dump("00-graph.txt", static () => "graph"))!;
        Assert.That(error.Message, Does.StartWith("GRC0433: ").And.Contain("00-graph.txt").And.Contain(_directory));
        File.Delete(_directory);
    }

    [Test]
    public void Dump_AboveTheLevel_GoesToTheFileOnly()
    {
        var writer = new StringWriter();
        var options = new DebugOptions(DebugLevel.Plans, _directory, writer);

        options.Dump("70-kernels.cs", () => "class", DebugLevel.Source);

        Assert.That(writer.ToString(), Is.Empty);
        Assert.That(File.Exists(Path.Combine(_directory, "70-kernels.cs")));
    }

    [Test]
    public void Ladder_EachLevel_ShowsMoreThanTheOneBelow()
    {
        var texts = Enumerable.Range(0, 6).Select(level => Output((DebugLevel)level).Split('\n')).ToArray();

        for (var level = 1; level < texts.Length; level++)
        {
            Assert.That(texts[level], Is.SupersetOf(texts[level - 1]));
            Assert.That(texts[level], Has.Length.GreaterThan(texts[level - 1].Length));
        }
    }

    private static string Output(DebugLevel level)
    {
        var writer = new StringWriter();
        var options = new DebugOptions(level, writer: writer);
        var graph = new Graph();
        graph.Output("y", -(-graph.Input("x", [2])));
        Optimizer.Run(graph, graph.Outputs, [], new OptimizerOptions { Trace = options.Rewrite });
        options.Stage("Optimize", TimeSpan.FromMilliseconds(1.5));
        options.Dump("20-optimized.txt", graph.ToString);
        options.Dump("40-plan.txt", () => "plan", DebugLevel.Plans);
        options.Dump("70-kernels.cs", () => "class", DebugLevel.Source);
        return writer.ToString();
    }

    [Test]
    public void Rewrite_Shown_NamesRuleAndBothSides()
    {
        Assert.That(Output(DebugLevel.Rewrites), Does.Contain("negate-negate: %2: float32[2] = negate(%1: float32[2]) => x: float32[2]"));
        Assert.That(Output(DebugLevel.Timings), Is.EqualTo("Optimize         1.50 ms\n"));
    }
}
