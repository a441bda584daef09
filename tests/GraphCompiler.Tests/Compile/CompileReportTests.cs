using System.Text;
using GraphCompiler.Diagnostics;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Compile;

/// <summary>The report says what was done, and what of it the cache spared.</summary>
public sealed class CompileReportTests
{
    [Test]
    public void Report_OfANewGraph_HasStagesSizesAndMemory()
    {
        var graph = NamedGraphs.Mlp();
        using var compiled = graph.Compile(new() { CacheDirectory = "" });
        var report = compiled.Report;

        Assert.That(report.Stages.Select(static s => s.Name), Is.EqualTo(new[] { "optimize", "schedule", "generate" }));
        Assert.That(report.Stages.Sum(static s => s.Time.Ticks), Is.GreaterThan(0).And.LessThanOrEqualTo(report.Generate.Ticks));
        Assert.That((report.WasGraphCached, report.WereKernelsCached), Is.EqualTo((false, false)));
        Assert.That((report.Name, report.Nodes), Is.EqualTo((graph.Name, graph.Nodes.Count)));
        Assert.That((report.Kernels, report.KernelMethods), Is.EqualTo((compiled.KernelCount, compiled.KernelMethodCount)));
        Assert.That(report.SourceBytes, Is.EqualTo(Encoding.UTF8.GetByteCount(compiled.Source)));
        Assert.That(report.AssemblyBytes, Is.GreaterThan(1000));
        Assert.That(report.ExecutionBytes, Is.EqualTo(compiled.Layout.ExecutionBytes(1)));
        Assert.That(report.LiveBytes, Is.EqualTo(compiled.LiveBytes(1)).And.LessThanOrEqualTo(report.ExecutionBytes));
        Assert.That(report.VariableBytes, Is.EqualTo(compiled.Layout.VariableBytes).And.GreaterThan(0));
        Assert.That(report.AllocatedBytes, Is.GreaterThan(report.SourceBytes));
    }

    [Test]
    public void Report_OfAKnownGraph_SaysThatTheCacheHadIt()
    {
        var directory = Directory.CreateTempSubdirectory("report-").FullName;
        using (NamedGraphs.Logistic().Compile(new() { CacheDirectory = directory }))
        {
        }

        using var again = NamedGraphs.Logistic().Compile(new() { CacheDirectory = directory });

        Assert.That((again.Report.WasGraphCached, again.Report.WereKernelsCached), Is.EqualTo((true, true)));
        Assert.That(again.Report.Stages, Is.Empty);
        Assert.That(again.Report.ToString(), Does.Contain("the disk cache knew the graph").And.Contain("it had the kernels").And.Contain("not needed"));
        Directory.Delete(directory, recursive: true);
    }

    [Test]
    public void ToString_NewGraph_IsATableOfALineEach()
    {
        using var compiled = NamedGraphs.Logistic().Compile(new() { CacheDirectory = "" });
        var text = compiled.Report.ToString();

        string[] lines = ["compile", "generate", "cache", "Roslyn", "load", "graph", "program", "memory", "compiler"];
        Assert.That(text.TrimEnd('\n').Split('\n').Select(static l => l.Split(' ')[0]), Is.EqualTo(lines));
        Assert.That(text, Does.Contain("(optimize ").And.Contain("schedule ").And.Contain(FormattableString.Invariant($"{compiled.Report.SourceBytes:N0} bytes of C#")));
    }

    [Test]
    public void Dump_OfACompilation_HasTheReport()
    {
        var directory = Directory.CreateTempSubdirectory("report-").FullName;
        using var writer = new StringWriter();
        using var compiled = NamedGraphs.Logistic().Compile(new() { CacheDirectory = "", Debug = new DebugOptions(DebugLevel.Timings, directory, writer) });

        Assert.That(File.ReadAllText(Path.Combine(directory, "90-report.txt")), Is.EqualTo(compiled.Report.ToString()));
        Assert.That(writer.ToString(), Does.Contain(compiled.Report.ToString().TrimEnd('\n')));
        Directory.Delete(directory, recursive: true);
    }
}
