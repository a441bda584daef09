using System.Runtime.InteropServices;
using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Schedule;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Ahead;

/// <summary>What is compiled ahead of time computes what the same graph does when it is compiled at run time.</summary>
public sealed class SameBitsTests
{
    private static IEnumerable<KernelTarget> Targets => KernelTargets.Supported;

    // The rest of them where time does not matter.
    private static Graph[] Graphs => Environment.GetEnvironmentVariable("GRAPHC_TEST_ALL") == "1"
        ? [.. NamedGraphs.All]
        : [NamedGraphs.Mlp(momentum: true), NamedGraphs.Normalisation(), NamedGraphs.Logistic()];

    [TestCaseSource(nameof(Targets))]
    public void Steps_OfNamedGraphs_LeaveTheBitsOfTheRunTimePath(KernelTarget target)
    {
        var graphs = Graphs;
        var sources = graphs.Select((graph, i) => GraphSource.Emit(
            graph, new EmitOptions { ClassName = $"Net{i}", Targets = [target], Split = SplitPolicy.Always }));
        var assembly = AheadCompilation.Load(sources);
        for (var i = 0; i < graphs.Length; i++)
        {
            using var compiled = graphs[i].Compile(new CompileOptions { Target = target, Split = SplitPolicy.Always, CacheDirectory = "" });
            using var expected = compiled.CreateExecution(workers: 2);
            using var net = new AheadObject(assembly, $"Net{i}", workers: 2);
            foreach (var batch in compiled.Layout.Symbols.IsEmpty ? [1L, 1] : new[] { 64L, 7, 1, 64, 0 })
            {
                Step(compiled.Layout, expected, net, batch, (int)batch + i);
                Compare(compiled.Layout, expected, net, $"{graphs[i].Name}, batch {batch}");
            }
        }
    }

    [Test]
    public void Variables_SharedByTrainingAndInference_AreTheSame()
    {
        var assembly = AheadCompilation.Load(
            GraphSource.Emit(Model(trains: true), new EmitOptions { ClassName = "Trainer" }),
            GraphSource.Emit(Model(trains: false), new EmitOptions { ClassName = "Reader", Namespace = "App" }));
        using var variables = new Variables();
        using var trainer = new AheadObject(assembly, "Trainer", variables);
        using var reader = new AheadObject(assembly, "App.Reader", variables);
        trainer.Set("Batch", 5);
        reader.Set("Batch", 2);
        Steps.Range(15, step: 0.1f).CopyTo(trainer.Input<float>("X"));
        Steps.Range(6, step: 0.3f).CopyTo(reader.Input<float>("X"));
        reader.Call("Run");
        var before = reader.Output<float>("Y");
        for (var i = 0; i < 3; i++)
        {
            trainer.Call("Train");
        }

        reader.Call("Run");
        Assert.That(reader.Output<float>("Y"), Is.Not.EqualTo(before));
        Assert.That(variables.Count, Is.EqualTo(1));
        Assert.That(reader.Variables, Is.SameAs(variables));
    }

    [Test]
    public void Run_OfAGraphWithUpdates_HasTheOutputsOfTrainAndChangesNoVariable()
    {
        using var net = new AheadObject(
            AheadCompilation.Load(GraphSource.Emit(Model(trains: true), new EmitOptions { ClassName = "Trainer" })), "Trainer");
        net.Set("Batch", 5);
        Steps.Range(15, step: 0.1f).CopyTo(net.Input<float>("X"));
        var start = net.Variables["w"].Read<float>();
        net.Call("Run");
        net.Call("Run");
        var loss = net.Output<float>("Loss");
        Assert.That(net.Variables["w"].Read<float>(), Is.EqualTo(start));
        net.Call("Train");
        Assert.That(net.Output<float>("Loss"), Is.EqualTo(loss));
        Assert.That(net.Variables["w"].Read<float>(), Is.Not.EqualTo(start));
    }

    [TestCase(false, "GRC0408")]
    [TestCase(true, "GRC0443")]
    public void Run_WithoutSymbolOrInput_SaysSo(bool hasBatch, string id)
    {
        using var net = new AheadObject(
            AheadCompilation.Load(GraphSource.Emit(Model(trains: true), new EmitOptions { ClassName = "Trainer" })), "Trainer");
        if (hasBatch)
        {
            net.Set("Batch", 2);
        }

        Assert.That(Assert.Throws<GraphException>(() => net.Call("Run"))!.Id, Is.EqualTo(id));
        Assert.That(Assert.Throws<GraphException>(() => net.Call("Train"))!.Id, Is.EqualTo(id));
    }

    [Test]
    public void Run_ManyTimes_AllocatesNothing()
    {
        using var net = new AheadObject(
            AheadCompilation.Load(GraphSource.Emit(Model(trains: true), new EmitOptions { ClassName = "Trainer" })), "Trainer", workers: 1);
        net.Set("Batch", 5);
        net.Input<float>("X").Clear();
        var (train, run) = (net.Method("Train"), net.Method("Run"));
        var allocated = long.MaxValue;
        for (var round = 0; round < 5 && allocated > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100 && round > 0; i++)
            {
                train();
                run();
            }

            train();
            run();
            allocated = round == 0 ? long.MaxValue : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(allocated, Is.Zero);
    }

    private static Graph Model(bool trains)
    {
        var graph = new Graph("model");
        var x = graph.Input("x", [Dim.Symbol("batch", 8), 3]);
        var y = x.MatMul(graph.Parameter("w", [3, 2], Init.Glorot(seed: 3))).Tanh();
        if (trains)
        {
            var loss = graph.Output("loss", (y * y).Mean());
            graph.Update(graph.Leaves["w"], graph.Leaves["w"] - (0.5 * graph.Gradients(loss, graph.Leaves["w"])[0]));
        }
        else
        {
            graph.Output("y", y);
        }

        return graph;
    }

    private static void Step(ProgramLayout layout, Execution expected, AheadObject net, long batch, int seed)
    {
        var random = new Random(seed);
        foreach (var symbol in layout.Symbols)
        {
            expected.Bind(symbol.Name, batch);
            net.Set("Batch", batch);
        }

        foreach (var slot in layout.Slots.Where(static slot => slot.Kind == SlotKind.Input))
        {
            switch (slot.Type)
            {
                case DType.Int32:
                    Fill(slot.Name, () => random.Next(10));
                    break;
                case DType.Float64:
                    Fill(slot.Name, () => random.NextDouble() - 0.5);
                    break;
                default:
                    Fill(slot.Name, () => (float)random.NextDouble() - 0.5f);
                    break;
            }
        }

        expected.Run();
        net.Call(layout.WritesVariables ? "Train" : "Run");

        void Fill<T>(string name, Func<T> next) where T : unmanaged
        {
            var first = expected.Span(layout.Input<T>(name));
            var second = net.Input<T>(Property(name));
            Assert.That(second.Length, Is.EqualTo(first.Length));
            for (var i = 0; i < first.Length; i++)
            {
                first[i] = second[i] = next();
            }
        }
    }

    private static void Compare(ProgramLayout layout, Execution expected, AheadObject net, string what)
    {
        foreach (var slot in layout.Slots.Where(static slot => slot.Kind == SlotKind.Output))
        {
            Assert.That(
                slot.Type == DType.Float64 ? Bytes(net.Output<double>(Property(slot.Name))) : Bytes(net.Output<float>(Property(slot.Name))),
                Is.EqualTo(slot.Type == DType.Float64 ? Bytes(expected.Read<double>(slot.Name)) : Bytes(expected.Read<float>(slot.Name))),
                $"{what}: {slot.Name}");
        }

        foreach (var variable in expected.Variables)
        {
            Assert.That(Bytes(net.Variables[variable.Name].Read<float>()), Is.EqualTo(Bytes(variable.Read<float>())), $"{what}: {variable.Name}");
        }
    }

    private static byte[] Bytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static string Property(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
