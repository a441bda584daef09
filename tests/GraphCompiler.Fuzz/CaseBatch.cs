using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Checks;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;
using GraphCompiler.Schedule;

namespace GraphCompiler.Fuzz;

/// <summary>Cases that are compiled together: one assembly holds the programs of all of them.</summary>
internal static class CaseBatch
{
    /// <summary>Null for each case that is as it should be.</summary>
    public static Failure?[] Run(IReadOnlyList<FuzzCase> cases, PhaseTimes times)
    {
        var failures = new Failure?[cases.Count];
        var generated = new List<(int Case, Graph Graph, GeneratedProgram Program, GeneratedProgram Other)>();
        for (var i = 0; i < cases.Count; i++)
        {
            using (times.Of("generate"))
            {
                try
                {
                    var graph = cases[i].Steps.Build(cases[i].Configuration.ReturnsEveryNode).Graph;
                    Verify(graph, cases[i].Configuration);
                    generated.Add((i, graph, Generate(cases[i].Configuration, graph, i, isOther: false), Generate(cases[i].Configuration, graph, i, isOther: true)));
                }
                catch (Exception e)
                {
                    failures[i] = Failure.Of("generate", e);
                }
            }
        }

        if (generated.Count > 0)
        {
            Check(cases, generated, failures, times);
        }

        return failures;
    }

    /// <summary>One case, by itself.</summary>
    public static Failure? Run(FuzzCase fuzz) => Run([fuzz], new PhaseTimes())[0];

    private static void Check(
        IReadOnlyList<FuzzCase> cases, List<(int Case, Graph Graph, GeneratedProgram Program, GeneratedProgram Other)> generated, Failure?[] failures, PhaseTimes times)
    {
        IReadOnlyList<CompiledGraph> compiled;
        try
        {
            using (times.Of("compile"))
            {
                compiled = SharedCompilation.Run(
                    "Fuzz", [.. generated.SelectMany(static g => new[] { (g.Graph, g.Program), (g.Graph, g.Other) })], CancellationToken.None);
            }
        }
        catch (InternalCompilerException) when (generated.Count > 1)
        {
            // Which of them?
            generated.ForEach(g => Check(cases, [g], failures, times));
            return;
        }
        catch (Exception e)
        {
            generated.ForEach(g => failures[g.Case] = Failure.Of("compile", e));
            return;
        }

        using (times.Of("run"))
        {
            for (var i = 0; i < generated.Count; i++)
            {
                failures[generated[i].Case] = CaseCheck.Run(cases[generated[i].Case], generated[i].Graph, compiled[2 * i], compiled[(2 * i) + 1]);
            }
        }

        foreach (var program in compiled)
        {
            program.Dispose();
        }
    }

    private static GeneratedProgram Generate(Configuration configuration, Graph graph, int index, bool isOther) => Pipeline.Generate(
        graph, configuration.Options(isOther ? configuration.OtherTarget : configuration.Target, $"Fuzz.P{index}{(isOther ? "Other" : "")}"), CancellationToken.None);

    // What Debug builds do between stages.
    private static void Verify(Graph graph, Configuration configuration)
    {
        var options = new OptimizerOptions { Enabled = configuration.Optimizes, DisabledRules = configuration.DisabledRule is { } rule ? [rule] : [] };
        var optimized = Optimizer.Run(graph, graph.Outputs, graph.Updates, options).Graph;
        GraphVerifier.Verify(optimized, "Optimize");
        var schedule = Scheduler.Run(optimized, configuration.SplitsAll ? SplitPolicy.Always : SplitPolicy.Default);
        foreach (var group in schedule.Groups)
        {
            KernelVerifier.Verify(KernelBuilders.Build(schedule, group));
        }
    }
}
