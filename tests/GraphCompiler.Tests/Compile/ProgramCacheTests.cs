using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.EndToEnd;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Compile;

[NonParallelizable]
public sealed class ProgramCacheTests
{
    private string _directory = "";

    private CompileOptions Options => new() { CacheDirectory = _directory };

    private string[] Programs => Directory.GetFiles(_directory, "*.program");

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("program-cache-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Decode_OfWhatEverySampleBecomes_IsTheProgram(string name)
    {
        foreach (var sample in OperatorSamples.Named(name) is { IsCompiled: true } samples ? samples.Samples : [])
        {
            IsKept(new SampleScope(sample).Graph, $"{sample}");
        }
    }

    [Test]
    public void Decode_OfNamedGraphs_IsTheProgram()
    {
        foreach (var graph in NamedGraphs.All)
        {
            IsKept(graph, graph.Name);
        }
    }

    [Test]
    public void Compile_KnownGraph_IsTheSameProgramWithoutItsStages()
    {
        using var first = NamedGraphs.Mlp().Compile(Options);
        Assert.That(Programs, Has.Length.EqualTo(1));
        Assert.That(first.WasCached, Is.False);
        var written = File.GetLastWriteTimeUtc(Programs[0]);
        using var second = NamedGraphs.Mlp().Compile(Options);
        Assert.That(second.WasCached, Is.True);
        Assert.That(File.GetLastWriteTimeUtc(Programs[0]), Is.EqualTo(written));
        Assert.That(second.Source, Is.EqualTo(first.Source));
        Assert.That(second.Summary, Is.EqualTo(first.Summary));
        Assert.That(second.LiveBytes(3), Is.EqualTo(first.LiveBytes(3)));
        Assert.That(Step(second), Is.EqualTo(Step(first)));
    }

    // That no stage ran shows in a program that no stage would have made.
    [Test]
    public void Generate_KnownGraph_ReadsWhatIsKept()
    {
        var graph = NamedGraphs.Logistic();
        var program = ProgramCache.Generate(graph, Options, CancellationToken.None);
        var cache = KernelCache.Open(_directory)!;
        cache.Write(GraphKey.Of(graph, Options), program with { SummaryText = "kept" });
        Assert.That(ProgramCache.Generate(graph, Options, CancellationToken.None).SummaryText, Is.EqualTo("kept"));
        var loud = Options with { Debug = new DebugOptions(DebugLevel.Timings, writer: TextWriter.Null) };
        Assert.That(ProgramCache.Generate(graph, loud, CancellationToken.None).SummaryText, Is.EqualTo(program.SummaryText));
        var dumping = Options with { Debug = new DebugOptions(dumpDirectory: Path.Combine(_directory, "dump")) };
        Assert.That(ProgramCache.Generate(graph, dumping, CancellationToken.None).SummaryText, Is.EqualTo(program.SummaryText));
    }

    [Test]
    public void Compile_OtherInitialValues_AreTheGraphsOwn()
    {
        foreach (var value in new[] { 1f, 2f })
        {
            var graph = new Graph("start");
            graph.Output("y", graph.Parameter("w", [4], Init.Constant(value)) * 2f);
            using var compiled = graph.Compile(Options);
            using var execution = compiled.CreateExecution();
            execution.Run();
            Assert.That(execution.Read<float>("y"), Is.All.EqualTo(2 * value));
            Assert.That(compiled.WasCached, Is.EqualTo(value == 2f));
        }
    }

    [Test]
    public void Compile_OtherConstants_AreOtherPrograms()
    {
        foreach (var last in new[] { 4f, 5f })
        {
            var graph = new Graph("table");
            graph.Output("y", graph.Constant([1, 2, 3, last], [4]) + graph.Input("x", [4]));
            using var compiled = graph.Compile(Options);
            using var execution = compiled.CreateExecution();
            execution.Feed<float>("x", [0, 0, 0, 0]);
            execution.Run();
            Assert.That(execution.Read<float>("y"), Is.EqualTo(new[] { 1, 2, 3, last }));
        }

        Assert.That(Programs, Has.Length.EqualTo(2));
    }

    [Test]
    public void Read_DamagedAnywhere_RemovesTheFileAndGeneratesAgain()
    {
        var expected = ProgramCache.Generate(NamedGraphs.Logistic(), Options, CancellationToken.None);
        var path = Programs.Single();
        var good = File.ReadAllBytes(path);
        for (var place = 0; place < good.Length; place += 97)
        {
            byte[] bad = [.. good];
            bad[place] ^= 1;
            File.WriteAllBytes(path, bad);
            Assert.That(KernelCache.Open(_directory)!.ReadProgram(Path.GetFileNameWithoutExtension(path)), Is.Null, $"byte {place}");
            Assert.That(path, Does.Not.Exist);
        }

        File.WriteAllBytes(path, good[..^1]);
        var again = ProgramCache.Generate(NamedGraphs.Logistic(), Options, CancellationToken.None);
        Assert.That(again.Source, Is.EqualTo(expected.Source));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(good));
    }

    // What is not a program, though its hash is right, is none: no exception, no endless allocation.
    [Test]
    public void Decode_AnyBytes_IsAProgramOrNone()
    {
        var good = ProgramFormat.Encode(ProgramCache.Generate(NamedGraphs.Logistic(), HandWritten.NoCache, CancellationToken.None));
        var random = new System.Random(7);
        for (var round = 0; round < 2000; round++)
        {
            byte[] bad = [.. good];
            for (var i = 0; i <= round % 4; i++)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            Assert.That(() => ProgramFormat.Decode(bad), Throws.Nothing, $"round {round}");
            Assert.That(ProgramFormat.Decode(good[..random.Next(good.Length)]), Is.Null, $"round {round}");
        }

        Assert.That(ProgramFormat.Decode([.. good, 0]), Is.Null);
        Assert.That(ProgramFormat.Decode([]), Is.Null);
    }

    private static void IsKept(Graph graph, string message)
    {
        var program = Pipeline.Generate(graph, HandWritten.NoCache, CancellationToken.None);
        var bytes = ProgramFormat.Encode(program);
        var decoded = ProgramFormat.Decode(bytes)!;
        Assert.That(Text(decoded), Is.EqualTo(Text(program)), message);
        Assert.That(ProgramFormat.Encode(decoded), Is.EqualTo(bytes), message);
        foreach (var workers in new[] { 0, 1, 7 })
        {
            Assert.That(decoded.Plan.Peak(workers), Is.EqualTo(program.Plan.Peak(workers)), message);
        }

        Assert.That(decoded.Plan.ToString(), Is.EqualTo(program.Plan.ToString()), message);
    }

    // Every member, lists written out.
    private static string Text(GeneratedProgram program) => string.Join(
        "\n",
        program with { Layout = null!, Plan = null!, Constants = [] },
        program.Layout with { Slots = [], Symbols = [] },
        string.Join("\n", program.Layout.Symbols),
        string.Join("\n", program.Layout.Slots.Select(static slot =>
            $"{slot with { Shape = [] }} {string.Join(", ", slot.Shape.Select(static e => $"{e.Factor}·({string.Join(" ", e.Symbols)})"))}")),
        string.Join("\n", program.Constants.Select(static c =>
            $"{c.Slot}: {string.Join(" ", c.Values.ToArray().Select(BitConverter.DoubleToInt64Bits))}")));

    private static float Step(CompiledGraph compiled)
    {
        using var execution = compiled.CreateExecution();
        execution.Feed<float>("x", [.. Enumerable.Range(0, 96).Select(static i => i / 96f)]);
        execution.Feed<int>("labels", [3, 5]);
        execution.Run();
        execution.Run();
        return execution.Scalar(compiled.Output<float>("loss"));
    }
}
