using System.Runtime.CompilerServices;
using GraphCompiler.Runtime.Memory;
using GraphCompiler.Runtime.State;
using NUnit.Framework.Constraints;

namespace GraphCompiler.Runtime.Tests.Running;

[NonParallelizable]
[CancelAfter(60_000)]
public sealed class ExecutionTests
{
    private static readonly CompiledProgram Double = Programs.Double();
    private static readonly Input<float> X = Double.Layout.Input<float>("x");
    private static readonly Output<float> Y = Double.Layout.Output<float>("y");

    [Test]
    public void Run_AThousandSteps_AllocateNothing()
    {
        using var execution = new Execution(Double);
        var values = new float[4 * 64];
        var allocated = long.MaxValue;

        // Threads of the test host may allocate now and then, those of the team never do.
        for (var attempt = 0; attempt < 50 && allocated != 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 1000; i++)
            {
                execution.Feed(X, values.AsSpan(0, 4 * (1 + i % 64)));
                execution.Span(X)[0] = i;
                execution.Run();
                if (execution.Span(Y)[0] != 2 * i)
                {
                    Assert.Fail($"step {i}");
                }
            }

            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void Run_OnVariables_AllocatesNothing()
    {
        foreach (var writes in new[] { false, true })
        {
            var layout = Programs.Layout(
                [],
                Programs.Slot(SlotKind.Variable, "v", DType.Int32, 4)) with
            { WritesVariables = writes };
            var program = new CompiledProgram(
                layout, static (in w) => w.Int32(0)++, 1, [new VariableInfo("v", DType.Int32, [], Init.Zeros)], []);
            using var execution = new Execution(program);
            execution.Run();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                execution.Run();
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(execution.Variables["v"].Read<int>(), Is.EqualTo(new[] { 101 }));
        }
    }

    [Test]
    public void Run_WithSeveralWorkers_GivesEachItsIndexAndScratch()
    {
        var program = new CompiledProgram(
            Programs.Layout([], Programs.Slot(SlotKind.Output, "seen", DType.Int32, 4 * 64, Programs.Of(64L))) with
            {
                Scratch = [new ScratchLayout(128, 20)],
            },
            static (in w) =>
            {
                w.ScratchFloat32(0) = w.Index;
                w.ScratchInt32(4) = w.Count;
                w.ScratchFloat64(8) = w.Index;
                w.ScratchBool(16) = 1;
                w.Barrier();
                var isOwn = w.ScratchFloat32(0) == w.Index
                    && w.ScratchInt32(4) == w.Count
                    && w.ScratchFloat64(8) == w.Index
                    && w.ScratchBool(16) == 1;
                Unsafe.Add(ref w.Int32(0), w.Index) = isOwn && Alignment(in w) == 0 ? w.Count : -1;
            },
            parallelism: 8,
            [],
            []);
        foreach (var workers in new int?[] { 1, 2, null })
        {
            using var execution = new Execution(program, workers: workers);
            execution.Run();
            var seen = execution.Read<int>("seen");
            Assert.That(seen.Take(execution.Workers), Is.All.EqualTo(execution.Workers));
            Assert.That(seen.Skip(execution.Workers), Is.All.Zero);
            Assert.That(
                execution.Workers,
                Is.EqualTo(Math.Min(workers ?? 8, Runtime.Threading.WorkerTeam.Shared.Size)));
        }
    }

    [Test]
    public void Span_OfAnInput_KeepsItsElementsAcrossRuns()
    {
        using var execution = new Execution(Double);
        execution.Bind("batch", 2);
        var x = execution.Span(X);
        Assert.That(x.Length, Is.EqualTo(8));
        x.Fill(3);
        execution.Run();
        execution.Run();
        Assert.That(execution.Read(Y), Is.EqualTo(Enumerable.Repeat(6f, 8)));
        Assert.That(execution.Span(X).ToArray(), Is.All.EqualTo(3));
    }

    [Test]
    public void Run_ReadsNothingBeyondTheBoundExtents()
    {
        using var execution = new Execution(Double);
        execution.Feed(X, [1, 2, 3, 4]);
        execution.Poison();
        execution.Run();
        Assert.That(execution.Read(Y), Is.EqualTo(new float[] { 2, 4, 6, 8 }));
        execution.Bind("batch", 2);
        Assert.That(execution.Span(X)[4], Is.NaN);
    }

    [Test]
    public void Run_WithoutASymbol_NamesIt()
    {
        using var execution = new Execution(Double);
        Assert.That(execution.Run, Error("GRC0408").And.Message.Contains("\"batch\""));
        Assert.That(() => execution.Read(Y), Error("GRC0408").And.Message.Contains("\"y\" float32 [batch, 4]"));
        Assert.That(() => execution.Span(X)[0], Error("GRC0408"));
    }

    [Test]
    public void Run_WithoutAnInput_NamesIt()
    {
        using var execution = new Execution(Double);
        execution.Bind("batch", 2);
        Assert.That(
            execution.Run,
            Error("GRC0443").And.Message.Contains("\"x\" float32 [batch, 4] has 8 elements (batch = 2), 0 were fed"));
        execution.Feed(X, new float[12]);
        execution.Run();
        execution.Bind("batch", 2);
        Assert.That(execution.Run, Error("GRC0443").And.Message.Contains("12 were fed"));
        execution.Feed(X, new float[8]);
        execution.Run();
    }

    [Test]
    public void Feed_OtherSymbolOfTwoInputs_LastOneWinsAndRunChecks()
    {
        var program = Programs.Program(
            Programs.Layout(
                [new("n", 8)],
                Programs.Slot(SlotKind.Input, "a", DType.Float32, 32, Programs.Of([0])),
                Programs.Slot(SlotKind.Input, "b", DType.Int32, 64, Programs.Of([0]), Programs.Of(2L))),
            static (in _) => { });
        using var execution = new Execution(program);
        execution.Feed<float>("a", [1, 2, 3]);
        int[] b = [1, 2];
        execution.Feed("b", b);
        Assert.That(
            execution.Run,
            Error("GRC0443").And.Message.Contains("\"a\" float32 [n] has 1 elements (n = 1), 3 were fed"));
        execution.Feed("a", 1f);
        execution.Run();
    }

    [Test]
    public void Feed_WrongLength_SaysWhatIsRight()
    {
        using var execution = new Execution(Double);
        Assert.That(
            () => execution.Feed(X, new float[5]),
            Error("GRC0406").And.Message.Contains("\"x\" float32 [batch, 4], got 5"));
        Assert.That(
            () => execution.Feed(X, new float[4 * 65]),
            Error("GRC0407").And.Message.Contains("\"batch\"").And.Message.Contains("64"));
        Assert.That(() => execution.Feed(X, 1f), Error("GRC0406"));
        Assert.That(() => execution.Bind("batch", 65), Error("GRC0407"));
        Assert.That(() => execution.Bind("batch", -1), Error("GRC0407"));
        Assert.That(() => execution.Bind("Batch", 1), Error("GRC0404").And.Message.Contains("did you mean \"batch\"?"));
        execution.Feed(X, new float[8]);
        Assert.That(() => execution.Feed(X, new float[5]), Error("GRC0406").And.Message.Contains("(batch = 2), got 5"));
        execution.Run();
    }

    [Test]
    public void Feed_SeveralSymbols_InfersTheOneWithoutAValue()
    {
        var program = Programs.OfShape([new("n", 8), new("m", 8)], Programs.Of([0]), Programs.Of([1]), Programs.Of(3L));
        using var execution = new Execution(program);
        Assert.That(() => execution.Feed<float>("x", new float[12]), Error("GRC0408"));
        execution.Bind("n", 2);
        Assert.That(() => execution.Feed<float>("x", new float[9]), Error("GRC0406"));
        execution.Feed<float>("x", new float[12]);
        Assert.That(execution.Read<float>("y"), Has.Length.EqualTo(12));
        Assert.That(
            () => execution.Feed<float>("x", new float[18]),
            Error("GRC0406").And.Message.Contains("n = 2, m = 2"));
        execution.Bind("m", 3);
        execution.Feed<float>("x", new float[18]);
        execution.Run();
    }

    [Test]
    public void Feed_SquareOfASymbol_WantsItBound()
    {
        using var execution = new Execution(Programs.OfShape([new("n", 8)], Programs.Of(0, 0)));
        Assert.That(() => execution.Feed<float>("x", new float[9]), Error("GRC0408"));
        execution.Bind("n", 3);
        execution.Feed<float>("x", new float[9]);
        Assert.That(() => execution.Feed<float>("x", new float[16]), Error("GRC0406"));
        execution.Run();
    }

    [Test]
    public void Feed_NoElements_LeavesTheSymbolOpen()
    {
        using var execution = new Execution(Programs.OfShape([new("n", 8)], Programs.Of([0]), Programs.Of(0L)));
        execution.Feed<float>("x", []);
        Assert.That(execution.Run, Error("GRC0408"));
        Assert.That(() => execution.Feed<float>("x", [1]), Error("GRC0406"));
        execution.Bind("n", 5);
        execution.Feed<float>("x", []);
        execution.Run();
    }

    [Test]
    public void Scalar_OfOneElement_IsIt()
    {
        using var execution = new Execution(Double);
        execution.Feed(X, [1, 2, 3, 4]);
        execution.Run();
        Assert.That(() => execution.Scalar(Y), Error("GRC0406").And.Message.Contains("\"y\" float32 [batch, 4] has 4"));
        using var scalar = new Execution(Programs.OfShape([]));
        scalar.Feed("x", 5f);
        scalar.Run();
        Assert.That(scalar.Scalar<float>("y"), Is.Zero);
    }

    [Test]
    public void Handles_OfAnotherProgram_AreRefused()
    {
        using var execution = new Execution(Programs.Double());
        Assert.That(
            () => execution.Feed(X, new float[4]),
            Error("GRC0442").And.Message.Contains("another compilation"));
        Assert.That(() => execution.Span(X)[0], Error("GRC0442"));
        Assert.That(() => execution.Read(Y), Error("GRC0442"));
        Assert.That(() => execution.Feed<double>("x", [1]), Error("GRC0405"));
        Assert.That(() => execution.Feed<Half>("x", [(Half)1]), Error("GRC0401"));
        Assert.That(() => execution.Read<float>("x"), Error("GRC0404"));
    }

    [Test]
    public void Constants_OfEveryType_AreInPlace()
    {
        DType[] types = [DType.Float32, DType.Float64, DType.Int32, DType.Bool];
        var slots = types.Select(type => Programs.Slot(
            SlotKind.Constant,
            type.Name(),
            type,
            2 * type.Size(),
            Programs.Of(2L)));
        var layout = Programs.Layout(
            [],
            [.. slots, Programs.Slot(SlotKind.Output, "y", DType.Float64, 32, Programs.Of(4L))]);
        var program = new CompiledProgram(
            layout,
            static (in w) =>
            {
                w.Float64(4) = Unsafe.Add(ref w.Float32(0), 1);
                Unsafe.Add(ref w.Float64(4), 1) = Unsafe.Add(ref w.Float64(1), 1);
                Unsafe.Add(ref w.Float64(4), 2) = Unsafe.Add(ref w.Int32(2), 1);
                Unsafe.Add(ref w.Float64(4), 3) = Unsafe.Add(ref w.Bool(3), 1);
            },
            1,
            [],
            [.. Enumerable.Range(0, 4).Select(slot => new ProgramConstant(slot, new[] { 0, slot == 3 ? 1 : -2.0 }))]);
        using var execution = new Execution(program);
        execution.Run();
        Assert.That(execution.Read<double>("y"), Is.EqualTo(new[] { -2.0, -2, -2, 1 }));
    }

    [Test]
    public void Use_FromASecondThread_IsRefused()
    {
        Execution? execution = null;
        var errors = new List<Exception>();
        var program = Programs.Double((in w) =>
        {
            if (w.Index == 0)
            {
                Action[] uses = [execution!.Run, () => execution.Feed(X, 1f), () => execution.Bind("batch", 1)];
                foreach (var use in uses)
                {
                    errors.Add(Assert.Catch(() => use()));
                }
            }
        });
        execution = new Execution(program);
        execution.Feed(program.Layout.Input<float>("x"), new float[4]);
        execution.Run();
        Assert.That(errors, Has.Count.EqualTo(3).And.All.TypeOf<GraphException>());
        Assert.That(errors.Cast<GraphException>().Select(e => e.Id), Is.All.EqualTo("GRC0409"));
        execution.Run();
        execution.Dispose();
    }

    [Test]
    public void Run_FailingWorker_ThrowsOnceAndRunsAgain()
    {
        var fail = true;
        var program = Programs.Double((in w) =>
        {
            if (fail && w.Index == w.Count - 1)
            {
                throw new InvalidOperationException("once");
            }

            w.Barrier();
        });
        using var execution = new Execution(program);
        execution.Feed<float>("x", new float[4]);
        Assert.That(execution.Run, Throws.InvalidOperationException.With.Message.EqualTo("once"));
        fail = false;
        execution.Run();
    }

    [Test]
    public void Dispose_DuringARun_FreesTheMemoryAfterIt()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = AlignedBuffer.LiveBytes;
        Execution? execution = null;
        var during = 0L;
        var program = Programs.Double((in w) =>
        {
            if (w.Index == 0)
            {
                execution!.Dispose();
                during = AlignedBuffer.LiveBytes;
                w.Float32(1) = 1;
            }
        });
        execution = new Execution(program);
        execution.Feed<float>("x", new float[4]);
        execution.Run();
        Assert.That(during, Is.GreaterThan(before));
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(before));
        Assert.That(execution.Run, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => execution.Span(X)[0], Throws.TypeOf<ObjectDisposedException>());
        execution.Dispose();
    }

    [Test]
    public void Run_AfterItsVariables_IsRefused()
    {
        var variables = new Variables();
        var program = new CompiledProgram(
            Programs.Layout([], Programs.Slot(SlotKind.Variable, "v", DType.Int32, 4)),
            static (in w) => w.Int32(0)++,
            1,
            [new VariableInfo("v", DType.Int32, [], Init.Zeros)],
            []);
        using var execution = new Execution(program, variables);
        variables.Dispose();
        Assert.That(execution.Run, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Create_WithOtherVariables_LeavesNothingBehind()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var variables = new Variables();
        variables.GetOrAdd(new VariableInfo("v", DType.Float64, [], Init.Zeros));
        var before = AlignedBuffer.LiveBytes;
        var layout = Programs.Layout([], Programs.Slot(SlotKind.Variable, "v", DType.Int32, 4));
        var program = new CompiledProgram(
            layout,
            static (in _) => { },
            1,
            [new VariableInfo("v", DType.Int32, [], Init.Zeros)],
            []);
        Assert.That(() => new Execution(program, variables), Error("GRC0420"));
        var huge = Programs.Program(layout with { Slots = [], ArenaBytes = 1L << 60 }, static (in _) => { });
        Assert.That(() => new Execution(huge), Error("GRC0410"));
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(before));
    }

    private static nint Alignment(in Worker w) => Address(ref w.ScratchFloat32(0)) % AlignedBuffer.Alignment;

    private static unsafe nint Address(ref float place) => (nint)Unsafe.AsPointer(ref place);

    private static EqualStringConstraint Error(string id) =>
        Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo(id);
}
