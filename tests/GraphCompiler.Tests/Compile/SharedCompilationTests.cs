using System.Runtime.CompilerServices;
using GraphCompiler.Compile;

namespace GraphCompiler.Tests.Compile;

public sealed class SharedCompilationTests
{
    [Test]
    public void Run_SeveralPrograms_MakesOneCompilation()
    {
        var compilations = RoslynCompiler.CompilationCount;
        var programs = Compile(3);
        Assert.That(RoslynCompiler.CompilationCount - compilations, Is.EqualTo(1));
        Assert.That(programs.Select(static p => p.Module!.LoadContext).Distinct().Count(), Is.EqualTo(1));
        for (var i = 0; i < programs.Length; i++)
        {
            Assert.That(Run(programs[i]), Is.EqualTo(3.0f * (i + 1)));
            programs[i].Dispose();
        }
    }

    [Test]
    public void Dispose_OfOneProgram_LeavesTheOthers()
    {
        var programs = Compile(2);
        programs[0].Dispose();
        programs[0].Dispose(); // the second time does nothing: the other one keeps its code
        GC.Collect();
        Assert.That(Run(programs[1]), Is.EqualTo(6));
        programs[1].Dispose();
    }

    [Test]
    public void Dispose_OfAllPrograms_Unloads()
    {
        var context = LoadAndDispose();
        for (var i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(context.IsAlive, Is.False);
    }

    [Test]
    public void Run_OneSourceThatDoesNotCompile_SaysWhichFile()
    {
        var error = Assert.Throws<GraphCompiler.Diagnostics.InternalCompilerException>(static () => RoslynCompiler.Compile(
            "Shared", ["class A { }", "class B { int }"], isDebuggable: false, new GraphCompiler.Diagnostics.DebugOptions(), CancellationToken.None))!;
        Assert.That(error.Message, Does.Contain("Shared.1.g.cs").And.Not.Contain("Shared.0.g.cs"));
    }

    // No local of the test keeps the context alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LoadAndDispose()
    {
        var programs = Compile(2);
        var context = new WeakReference(programs[0].Module!.LoadContext);
        foreach (var program in programs)
        {
            _ = Run(program);
            program.Dispose();
        }

        return context;
    }

    // Graphs of one name: y = (i + 1)·x.
    private static CompiledGraph[] Compile(int count) =>
    [
        .. SharedCompilation.Run(
            "Shared",
            [.. Enumerable.Range(0, count).Select(static i =>
            {
                var graph = new Graph("scaled");
                graph.Output("y", graph.Input("x", []) * (i + 1));
                return (graph, Pipeline.Generate(graph, new CompileOptions { Namespace = $"Shared.P{i}" }, CancellationToken.None));
            })],
            CancellationToken.None),
    ];

    private static float Run(CompiledGraph program)
    {
        using var execution = program.CreateExecution();
        execution.Feed<float>("x", [3]);
        execution.Run();
        return execution.Scalar<float>("y");
    }
}
