using System.Diagnostics;
using GraphCompiler.CodeGen;
using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Schedule;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Graphs of 100,000 nodes in a chain: no stack overflows, and nothing is quadratic.</summary>
public sealed class LongChainTests
{
    [TestCase(1000)]
    [TestCase(3000)]
    [CancelAfter(120_000)]
    public void Generate_DeepNetWithUpdates_Completes(int layers, CancellationToken cancellation)
    {
        var graph = new Graph("deep");
        var x = graph.Input("x", [16, 16]);
        var (h, parameters) = (x, new List<Tensor>());
        for (var i = 0; i < layers; i++)
        {
            parameters.Add(graph.Parameter($"w{i}", [16, 16], Runtime.State.Init.Zeros));
            h = h.MatMul(parameters[i]).Tanh();
        }

        var gradients = graph.Gradients(graph.Output("loss", h.Sum()), [.. parameters]);
        for (var i = 0; i < layers; i++)
        {
            graph.Update(parameters[i], parameters[i] - gradients[i]);
        }

        var watch = Stopwatch.StartNew();
        var optimized = Optimizer.Run(graph, graph.Outputs, graph.Updates, new OptimizerOptions()).Graph;
        var schedule = Scheduler.Run(optimized);
        TestContext.Out.WriteLine($"{layers} layers scheduled: {watch.ElapsedMilliseconds} ms");
        var program = ProgramEmitter.Emit(optimized, schedule, MemberStyle.RunTime, cancellation);
        TestContext.Out.WriteLine($"{layers} layers generated: {watch.ElapsedMilliseconds} ms");
        Assert.That(schedule.InPlace, Has.Count.EqualTo(layers));
        Assert.That(program.MethodCount, Is.LessThanOrEqualTo(8));
    }

    // Garbage is not free: collecting what lives on for a while took a third of the time.
    [Test]
    public void Generate_ChainOfAdds_AllocatesLittle()
    {
        const int Length = 20_000, MaxBytesPerNode = 5_500; // some 4,000 are taken
        var graph = new Graph("chain");
        var x = graph.Input("x", [64]);
        var h = x;
        for (var i = 0; i < Length; i++)
        {
            h += x;
        }

        graph.Output("y", h);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var optimized = Optimizer.Run(graph, graph.Outputs, graph.Updates, new OptimizerOptions()).Graph;
        ProgramEmitter.Emit(optimized, Scheduler.Run(optimized), MemberStyle.RunTime, CancellationToken.None);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Length;
        TestContext.Out.WriteLine($"{bytes} bytes a node");
        Assert.That(bytes, Is.LessThan(MaxBytesPerNode));
    }

    [TestCase(25_000)]
    [TestCase(50_000)]
    [TestCase(100_000)]
    [CancelAfter(120_000)]
    public void Compile_ChainOfAdds_Completes(int length, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var graph = new Graph("chain");
        var x = graph.Input("x", [64]);
        var h = x;
        for (var i = 0; i < length; i++)
        {
            h += x;
        }

        var loss = graph.Output("loss", h.Sum());
        Lap("build");
        graph.Output("gradient", graph.Gradients(loss, x)[0]);
        Lap("differentiate");
        var optimized = Optimizer.Run(graph, graph.Outputs, graph.Updates, new OptimizerOptions()).Graph;
        Lap("optimize");
        var schedule = Scheduler.Run(optimized);
        Lap("schedule");
        var program = ProgramEmitter.Emit(optimized, schedule, MemberStyle.RunTime, cancellation);
        Lap("generate");
        TestContext.Out.WriteLine($"{program.Steps.Length} kernels in {program.MethodCount} methods, {program.Text.Length} characters");
        using var compiled = graph.Compile(Steps.Options, cancellation);
        Lap("compile, all stages");
        using var execution = compiled.CreateExecution();
        execution.Feed<float>("x", Enumerable.Repeat(0.5f, 64).ToArray());
        execution.Run();
        Lap("run");
        Assert.That(execution.Read<float>("gradient"), Is.All.EqualTo(length + 1f));
        Assert.That(execution.Scalar<float>("loss"), Is.EqualTo(64 * 0.5f * (length + 1f)).Within(1e-3).Percent);
        Assert.That(program.MethodCount, Is.LessThanOrEqualTo(12), "equal chunks share a method");

        void Lap(string stage)
        {
            TestContext.Out.WriteLine($"{length} {stage}: {watch.ElapsedMilliseconds} ms");
            watch.Restart();
        }
    }
}
