using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Compile;

/// <summary>What a debugger needs to step through a generated kernel: its source, and which line an instruction stands for.</summary>
public sealed partial class DebugInformationTests
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [TestCase(false)]
    [TestCase(true)]
    public void Symbols_OfATrainingStep_EmbedTheSourceWordForWord(bool isDebuggable)
    {
        var source = Source(NamedGraphs.Mlp(momentum: true));
        using var provider = Symbols(source, isDebuggable);

        Assert.That(Embedded(provider.GetMetadataReader()), Is.EqualTo(source));
    }

    [Test]
    public void Symbols_OfADebuggableBackwardKernel_HaveALineForEachFormula()
    {
        var source = Source(NamedGraphs.Logistic());
        var lines = source.Split('\n');
        var backward = Array.FindIndex(lines, static l => l.Trim() == "// backward");
        var end = Array.FindIndex(lines, backward, static l => l.Trim() == "}");
        var formulas = Enumerable.Range(backward + 1, end - backward - 1).Where(i => !lines[i].TrimStart().StartsWith("//", StringComparison.Ordinal)).ToArray();
        using var provider = Symbols(source, isDebuggable: true);

        var stops = Stops(provider.GetMetadataReader()).ToHashSet();

        Assert.That(formulas, Has.Length.GreaterThan(5));
        Assert.That(formulas.Select(i => lines[i]), Has.Some.Contains("d_w1"));
        Assert.That(formulas.Where(i => !stops.Contains(i + 1)).Select(i => lines[i]), Is.Empty);
    }

    [Test]
    public void Symbols_OfLoops_HaveALineInEachOfThem()
    {
        var source = Source(NamedGraphs.Mlp());
        using var provider = Symbols(source, isDebuggable: true);
        var stops = Stops(provider.GetMetadataReader()).ToHashSet();
        var stores = source.Split('\n').Select(static (line, i) => (Text: line, Line: i + 1)).Where(static l => l.Text.Contains(".StoreUnsafe(", StringComparison.Ordinal)).ToArray();

        Assert.That(stores, Has.Length.GreaterThan(5));
        Assert.That(stores.Where(s => !stops.Contains(s.Line)), Is.Empty);
    }

    // The runtime itself maps a loaded kernel's machine code back to the line: the memory of an input that only the backward
    // pass reads is taken away.
    [Test]
    public void StackTrace_OfABackwardKernel_HasTheLineThatReads()
    {
        var graph = new Graph("slope");
        var (x, v) = (graph.Input("x", []), graph.Input("v", []));
        var y = graph.Output("y", x.Exp().Named("e"));
        graph.Output("dx", graph.VectorJacobianProduct(y, v, x)[0]);
        using var compiled = graph.Compile(new() { Debuggable = true, Workers = 1, CacheDirectory = "" });
        using var run = compiled.CreateExecution();
        run.Feed("x", 1f);
        run.Feed("v", 1f);
        run.Place("v", SlotKind.Input, 0);

        var trace = Assert.Throws<NullReferenceException>(run.Run)!.StackTrace!;

        var match = Place().Match(trace);
        Assert.That(match.Success, Is.True, trace);
        var line = compiled.Source.Split('\n')[int.Parse(match.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture) - 1];
        Assert.That(line, Does.Contain("d_").And.Contain("v"), trace);
        Assert.That(match.Groups["file"].Value, Does.StartWith("Slope."));
    }

    private static string Source(Graph graph) => Pipeline.Generate(graph, Steps.Options with { Target = KernelTarget.Avx2 }, default).Source;

    private static MetadataReaderProvider Symbols(string source, bool isDebuggable) => MetadataReaderProvider.FromPortablePdbStream(
        new MemoryStream(RoslynCompiler.Compile("C", source, isDebuggable, new DebugOptions(), CancellationToken.None).Symbols));

    // A length of 0 says that what follows is not compressed, as small files are.
    private static string Embedded(MetadataReader reader)
    {
        var blob = reader.GetCustomDebugInformation(reader.Documents.Single())
            .Select(reader.GetCustomDebugInformation).Single(i => reader.GetGuid(i.Kind) == EmbeddedSource).Value;
        var bytes = reader.GetBlobBytes(blob);
        using var content = new MemoryStream(bytes, sizeof(int), bytes.Length - sizeof(int));
        using Stream text = BitConverter.ToInt32(bytes) == 0 ? content : new DeflateStream(content, CompressionMode.Decompress);
        return new StreamReader(text, Encoding.UTF8).ReadToEnd();
    }

    private static IEnumerable<int> Stops(MetadataReader reader) => reader.MethodDebugInformation
        .SelectMany(handle => reader.GetMethodDebugInformation(handle).GetSequencePoints())
        .Where(static point => !point.IsHidden).Select(static point => point.StartLine);

    [GeneratedRegex(@" in (?<file>[^ ]+\.g\.cs):line (?<line>\d+)")]
    private static partial Regex Place();
}
