using GraphCompiler.Tool.Tests.Samples;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>Generated source in a folder.</summary>
public sealed class EmitTests
{
    [Test]
    public async Task Emit_AllGraphs_WritesAClassEachAndSecondTimeNothing()
    {
        using var folder = new TemporaryFolder();
        var first = await Tool.RunAsync("emit", Tool.Assembly, "-o", folder.Path, "-t", "avx2");
        Assert.That(first.Code, Is.Zero, first.Error);
        Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "Mlp.g.cs", "Mlp.g.map.json", "Neuron.g.cs", "Neuron.g.map.json" }));
        Assert.That(File.ReadAllText(folder.File("Mlp.g.cs")), Does.Contain("namespace GraphCompiler.Tool.Tests.Samples").And.Contain("class Mlp"));
        var times = Directory.GetFiles(folder.Path).ToDictionary(static f => f, File.GetLastWriteTimeUtc);
        var second = await Tool.RunAsync("emit", Tool.Assembly, "-o", folder.Path, "-t", "avx2");
        Assert.That(second.Output, Does.Not.Contain("written"));
        Assert.That(times.Where(static t => File.GetLastWriteTimeUtc(t.Key) != t.Value), Is.Empty);
    }

    [Test]
    public async Task Emit_Check_FailsWhereCodeIsStaleAndWritesNothing()
    {
        using var folder = new TemporaryFolder();
        string[] args = ["emit", Tool.Assembly, "-g", "neuron", "-o", folder.Path, "-t", "portable"];
        Assert.That((await Tool.RunAsync([.. args, "--check"])).Error, Does.Contain("1 of 1"));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
        await Tool.RunAsync(args);
        Assert.That((await Tool.RunAsync([.. args, "--check"])).Code, Is.Zero);
        File.AppendAllText(folder.File("Neuron.g.cs"), "// edited\n");
        var stale = await Tool.RunAsync([.. args, "--check"]);
        Assert.That(stale.Code, Is.EqualTo(1));
        Assert.That(stale.Output, Does.Contain("Neuron.g.cs: stale"));
    }

    // As version control gives files back on Windows.
    [Test]
    public async Task Emit_FilesOfOtherEndsOfLines_AreWhatTheyShouldBe()
    {
        using var folder = new TemporaryFolder();
        string[] args = ["emit", Tool.Assembly, "-g", "neuron", "-o", folder.Path, "-t", "portable"];
        await Tool.RunAsync(args);
        var file = folder.File("Neuron.g.cs");
        File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings("\r\n"));
        Assert.That((await Tool.RunAsync([.. args, "--check"])).Code, Is.Zero);
        Assert.That((await Tool.RunAsync(args)).Output, Does.Contain("Neuron.g.cs: unchanged"));
    }

    [Test]
    public async Task Emit_Names_AreAsAskedFor()
    {
        using var folder = new TemporaryFolder();
        var result = await Tool.RunAsync("emit", Tool.Assembly, "-g", "neuron", "-o", folder.Path, "-t", "portable", "--class", "Cell", "--namespace", "A.B", "--internal");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(File.ReadAllText(folder.File("Cell.g.cs")), Does.Contain("namespace A.B").And.Contain("internal sealed partial class Cell").Or.Contain("internal sealed class Cell"));
        Assert.That((await Tool.RunAsync("emit", Tool.Assembly, "-o", folder.Path, "--class", "Cell")).Error, Does.Contain("--class is for one graph"));
        Assert.That((await Tool.RunAsync("emit", Tool.Assembly, "-g", "neuron", "-o", folder.Path, "--class", "1; evil")).Error, Does.Contain("GRC0450"));
    }

    [Test]
    public async Task Emit_AGraphThatIsWrong_WritesNoneOfTheOthers()
    {
        using var folder = new TemporaryFolder();
        var source = folder.File("Two.cs", GraphFiles.Mismatch.Replace("[GraphDefinition]\n", "[GraphDefinition]\n    static void Fine(Graph g) => g.Output(\"y\", g.Input(\"x\", [1]).Exp());\n    [GraphDefinition]\n", StringComparison.Ordinal));
        var result = await Tool.RunAsync("emit", source, "-o", folder.File("out"));
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(Directory.Exists(folder.File("out")), Is.False);
    }
}
