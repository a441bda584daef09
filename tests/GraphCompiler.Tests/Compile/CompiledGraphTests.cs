using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Memory;
using GraphCompiler.Runtime.State;
using NUnit.Framework.Constraints;

namespace GraphCompiler.Tests.Compile;

[NonParallelizable]
public sealed class CompiledGraphTests
{
    [Test]
    public void Compile_HandWrittenProgram_RunsOverASymbolicBatch()
    {
        using var compiled = HandWritten.Double().Compile();
        using var execution = compiled.CreateExecution();
        var x = compiled.Input<float>("x");
        var y = compiled.Output<float>("y");
        foreach (var batch in new[] { 1, 3, 64, 0, 7 })
        {
            float[] values = [.. Enumerable.Range(0, batch * 4).Select(i => (float)i)];
            execution.Feed(x, values);
            execution.Run();
            Assert.That(execution.Read(y), Is.EqualTo(values.Select(v => 2 * v)));
        }
    }

    [Test]
    public void Members_OfACompiledGraph_AreTheProgram()
    {
        var (graph, program) = HandWritten.Double();
        using var compiled = (graph, program).Compile();
        Assert.That(compiled.Source, Is.EqualTo(program.Source));
        Assert.That(
            (compiled.Name, compiled.Summary, compiled.KernelCount, compiled.WasCached),
            Is.EqualTo(("double", "by hand", 1, false)));
        Assert.That(compiled.Layout, Is.SameAs(program.Layout));
        Assert.That(compiled.Report.Roslyn, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(compiled.Report.Total, Is.GreaterThanOrEqualTo(compiled.Report.Roslyn + compiled.Report.Load));
    }

    [Test]
    public void Handles_ByTensor_AreThoseByName()
    {
        var (graph, program) = HandWritten.Double();
        using var compiled = (graph, program).Compile();
        Assert.That(compiled.Input<float>(graph.Leaves["x"]).Name, Is.EqualTo("x"));
        Assert.That(compiled.Output<float>(graph.Outputs[0].Tensor).Name, Is.EqualTo("y"));
        Assert.That(compiled.Input<float>("x").ToString(), Is.EqualTo("\"x\" float32 [batch, 4]"));
    }

    [Test]
    public void Handles_OfWhatIsNotThere_NameTheNearest()
    {
        var (graph, program) = HandWritten.Double();
        var unused = graph.Input("labels", DType.Int32, [4]);
        using var compiled = (graph, program).Compile();
        Assert.That(() => compiled.Input<float>("X"), Error("GRC0404").And.Message.Contains("did you mean \"x\"?"));
        Assert.That(() => compiled.Output<float>("Y"), Error("GRC0404").And.Message.Contains("did you mean \"y\"?"));
        Assert.That(
            () => compiled.Output<float>("something else"),
            Error("GRC0404").And.Message.Contains("it uses \"y\""));
        Assert.That(
            () => compiled.Input<int>("labels"),
            Error("GRC0404").And.Message.Contains("none of its outputs and updates"));
        Assert.That(() => compiled.Input<int>(unused), Error("GRC0404"));
        Assert.That(() => compiled.Input<float>(graph.Outputs[0].Tensor), Error("GRC0404"));
        Assert.That(() => compiled.Output<float>(unused), Error("GRC0404"));
        Assert.That(() => compiled.Input<float>(HandWritten.Double().Graph.Leaves["x"]), Error("GRC0404"));
    }

    [Test]
    public void Handles_OfAnotherType_NameBoth() => Assert.That(
        () => HandWritten.Double().Compile().Input<double>("x"),
        Error("GRC0405").And.Message.Contains("\"x\" float32 [batch, 4], float64"));

    [Test]
    public void Bind_ByDim_WantsASingleSymbol()
    {
        using var compiled = HandWritten.Double().Compile();
        using var execution = compiled.CreateExecution();
        var batch = Dim.Symbol("batch", HandWritten.MaxBatch);
        execution.Bind(batch, 3);
        Assert.That(execution.Span(compiled.Input<float>("x")).Length, Is.EqualTo(12));
        Assert.That(() => execution.Bind(2 * batch, 3), Error("GRC0404").And.Message.Contains("2·batch"));
        Assert.That(() => execution.Bind(batch * batch, 3), Error("GRC0404"));
        Assert.That(() => execution.Bind(5, 3), Error("GRC0404"));
    }

    [Test]
    public void Run_ProgramWithAnUpdate_ChangesSharedVariables()
    {
        using var compiled = Counter().Compile();
        using var variables = new Variables();
        using var one = compiled.CreateExecution(variables);
        using var two = compiled.CreateExecution(variables);
        for (var i = 0; i < 3; i++)
        {
            one.Run();
            two.Run();
        }

        Assert.That(variables["counter"].Read<double>(), Is.EqualTo(new[] { 16.0, 26.0 }));
        Assert.That(two.Scalar<double>("sum"), Is.EqualTo(42));
        Assert.That(() => compiled.CreateExecution().Scalar<double>("other"), Error("GRC0404"));
    }

    [Test]
    public void Run_WhileTheVariablesAreInUse_IsRefused()
    {
        using var compiled = Counter().Compile();
        using var execution = compiled.CreateExecution();
        execution.Variables.AcquireShared();
        Assert.That(execution.Run, Error("GRC0424"));
        execution.Variables.ReleaseShared();
        execution.Run();
        Assert.That(execution.Scalar<double>("sum"), Is.EqualTo(32));
    }

    [Test]
    public void Run_FailingKernel_TellsItsLineInTheGeneratedSource()
    {
        var (graph, program) = HandWritten.Double();
        var failing = HandWritten.Program(
            "Failing",
            """
            if (w.Index == w.Count - 1)
            {
                throw new System.InvalidOperationException("by hand");
            }

            w.Barrier();
            """,
            program.Layout,
            parallelism: 4);
        using var compiled = (graph, failing).Compile();
        using var execution = compiled.CreateExecution();
        for (var i = 0; i < 3; i++)
        {
            execution.Feed<float>("x", [1, 2, 3, 4]);
            var error = Assert.Throws<InvalidOperationException>(execution.Run)!;
            Assert.That(error.Message, Is.EqualTo("by hand"));
            Assert.That(error.StackTrace, Does.Match(@"Failing\.[0-9a-f]{16}\.g\.cs:line 14"));
        }
    }

    [Test]
    public void Run_SeveralExecutionsOnSeveralThreads_DoNotDisturbEachOther()
    {
        using var compiled = HandWritten.Double().Compile();
        var x = compiled.Input<float>("x");
        var y = compiled.Output<float>("y");
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(1, 4).Select(number => new Thread(() =>
        {
            try
            {
                using var execution = compiled.CreateExecution();
                for (var i = 0; i < 500; i++)
                {
                    float[] values = [.. Enumerable.Repeat((float)(number * 1000 + i), 4 * (1 + i % 64))];
                    execution.Feed(x, values);
                    execution.Run();
                    if (!execution.Read(y).SequenceEqual(values.Select(v => 2 * v)))
                    {
                        throw new InvalidOperationException($"thread {number}, step {i}");
                    }
                }
            }
            catch (Exception e)
            {
                failure = e;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.That(failure, Is.Null);
    }

    [Test]
    public void Outputs_ThatTheGraphDoesNotDeclare_AreAnError()
    {
        var (graph, program) = HandWritten.Double();
        var options = HandWritten.NoCache with { Outputs = [graph.Leaves["x"]] };
        Assert.That(() => (graph, program).Compile(options), Error("GRC0444").And.Message.Contains("\"x\""));
    }

    [Test]
    public void MaxBytes_BelowThePlan_IsAnError()
    {
        var program = HandWritten.Double();
        var bytes = program.Program.Layout.TotalBytes(1);
        var options = HandWritten.NoCache with { Workers = 1 };
        using (program.Compile(options with { MaxBytes = bytes }))
        {
        }

        Assert.That(
            () => program.Compile(options with { MaxBytes = bytes - 1 }),
            Error("GRC0440").And.Message.Contains($"{bytes} ").And.Message.Contains($"{bytes - 1} "));
    }

    [Test]
    public void TotalBytes_OfAPlan_AreWhatAnExecutionAllocates()
    {
        using var compiled = Counter().Compile();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        for (var workers = 1; workers <= 2; workers++)
        {
            var before = AlignedBuffer.LiveBytes;
            using (var execution = compiled.CreateExecution(workers: workers))
            {
                Assert.That(
                    AlignedBuffer.LiveBytes - before,
                    Is.EqualTo(compiled.Layout.TotalBytes(execution.Workers)));
            }

            Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(before));
        }
    }

    [Test]
    public void Dispose_OfTheGraph_LeavesExecutionsToRun()
    {
        var compiled = HandWritten.Double().Compile();
        using var execution = compiled.CreateExecution();
        compiled.Dispose();
        compiled.Dispose();
        GC.Collect();
        execution.Feed<float>("x", [1, 2, 3, 4]);
        execution.Run();
        Assert.That(execution.Read<float>("y"), Is.EqualTo(new float[] { 2, 4, 6, 8 }));
        Assert.That(() => compiled.CreateExecution(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Dispose_OfGraphAndExecutions_UnloadsTheCode()
    {
        for (var round = 0; round < 50; round++)
        {
            var context = CompileAndRun(round);
            for (var i = 0; i < 100 && context.IsAlive; i++)
            {
                // The thread that prepares methods may be in the middle of one.
                Thread.Sleep(i / 10);
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.That(context.IsAlive, Is.False, $"round {round}");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CompileAndRun(int round)
    {
        using var compiled = HandWritten.Double().Compile();
        var context = new WeakReference(compiled.Module!.LoadContext);
        var execution = compiled.CreateExecution();
        execution.Feed<float>("x", [1, 2, 3, 4]);
        execution.Run();
        if (round % 2 == 0)
        {
            execution.Dispose();
        }

        return context;
    }

    [Test]
    public void Load_OtherAbi_IsAnError()
    {
        var (graph, program) = HandWritten.Double();
        var other = program with { Layout = program.Layout with { AbiVersion = ProgramLayout.CurrentAbi + 1 } };
        Assert.That(() => (graph, other).Compile(), Error("GRC0441"));
    }

    /// <summary>
    /// counter := counter + constant; sum = Σ counter, the new one; the way leads through arena and scratch.
    /// </summary>
    private static (Graph Graph, GeneratedProgram Program) Counter()
    {
        var graph = new Graph("counter");
        var counter = graph.State("counter", DType.Float64, [2], Init.Values(10, 20));
        var next = counter + graph.Constant([1, 1], [2], DType.Float64);
        graph.Update(counter, next);
        graph.Output("sum", Op.Sum(next));
        ImmutableArray<ExtentLayout> two = [new(2, [])];
        var layout = new ProgramLayout(
            graph.Name,
            ProgramLayout.CurrentAbi,
            [
                new(SlotKind.Variable, "counter", DType.Float64, two, 0, 16),
                new(SlotKind.Constant, "c", DType.Float64, two, 0, 16),
                new(SlotKind.Output, "sum", DType.Float64, [], 0, 8),
                new(SlotKind.Arena, "next", DType.Float64, two, 64, 16),
            ],
            [],
            ArenaBytes: 80,
            Scratch: [new(128, 24)],
            WritesVariables: true);
        const string Body = """
            if (w.Index == 0)
            {
                for (int i = 0; i < 2; i++)
                {
                    ref double scratch = ref w.ScratchFloat64(8 * i);
                    scratch = Unsafe.Add(ref w.Float64(0), i);
                    Unsafe.Add(ref w.Float64(3), i) =
                        scratch + Unsafe.Add(ref w.Float64(1), i);
                }
            }

            w.Barrier();
            if (w.Index == w.Count - 1)
            {
                w.Float64(2) = 0;
                for (int i = 0; i < 2; i++)
                {
                    double value = Unsafe.Add(ref w.Float64(3), i);
                    Unsafe.Add(ref w.Float64(0), i) = value;
                    w.Float64(2) += value;
                }
            }
            """;
        return (graph, HandWritten.Program("Counter", Body, layout, 2, [(1, new double[] { 1, 1 })]));
    }

    private static EqualStringConstraint Error(string id) =>
        Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo(id);
}
