using System.Diagnostics;
using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;
using GraphCompiler.Optimize;
using GraphCompiler.Schedule;

namespace GraphCompiler;

/// <summary>The compiler's table of contents: from a declared graph to generated source, stage by stage.</summary>
internal static class Pipeline
{
    /// <summary>The whole way, to a file that is compiled at run time.</summary>
    public static GeneratedProgram Generate(Graph graph, CompileOptions options, CancellationToken cancellation) =>
        Run(graph, options, MemberStyle.RunTime, cancellation).Program;

    /// <summary>The same, with what the stages handed on.</summary>
    public static PipelineResult Run(Graph graph, CompileOptions options, MemberStyle style, CancellationToken cancellation)
    {
        var (optimized, schedule, members) = Members(graph, options, style, cancellation);
        var program = ProgramFile.Of(optimized.Graph, schedule, members, options.Namespace);
        options.Debug.Dump("50-plan.txt", () => program.SummaryText, DebugLevel.Plans);
        options.Debug.Dump("70-kernels.cs", () => program.Source, DebugLevel.Source);
        return new PipelineResult(optimized, schedule, members.Steps, program);
    }

    /// <summary>All stages to generated methods, for whatever file they will stand in.</summary>
    public static (OptimizedGraph Optimized, ExecutionSchedule Schedule, ProgramMembers Members) Members(
        Graph graph, CompileOptions options, MemberStyle style, CancellationToken cancellation)
    {
        var debug = options.Debug;
        debug.Dump("00-graph.txt", graph.ToString);

        // What is compiled: the outputs asked for, and with them the updates. Everything else is dead.
        var outputs = options.Outputs?.ToHashSet() is { } some ? [.. graph.Outputs.Where(o => some.Contains(o.Tensor))] : graph.Outputs;
        var updates = options.Updates ? graph.Updates : [];

        // Rewrites come before grouping: grouping sees a graph without no-ops, and every value once.
        var (watch, stages) = (Stopwatch.StartNew(), new List<StageTime>());
        var verifies = debug.Shows(DebugLevel.Verify);
        var optimizer = new OptimizerOptions
        {
            // A check names what the user declared, and finds what a rewrite would have computed at compile time.
            Enabled = options.Optimize && !options.CheckNumerics,
            DisabledRules = options.DisabledRules,
            Trace = !debug.Shows(DebugLevel.Rewrites) && options.WatchRewrites is null ? null : (rule, node, replacement) =>
            {
                options.WatchRewrites?.Invoke(rule, node, replacement);
                debug.Rewrite(rule, node, replacement);
                if (verifies)
                {
                    GraphVerifier.Verify(node.Graph);
                }
            },
        };
        var rewritten = Optimizer.Run(graph, outputs, updates, optimizer);
        var optimized = rewritten.Graph;
        Verify(optimized, "Optimize");
        Stage("optimize");
        debug.Dump("30-optimized.txt", optimized.ToString);
        cancellation.ThrowIfCancellationRequested();

        // Groups, order and memory: after this, which value is computed where and kept where is decided.
        watch.Restart();
        var schedule = Scheduler.Run(optimized, options.Split, TargetOf(options.Target.Resolve()), keepsValues: options.CheckNumerics);
        Stage("schedule");
        cancellation.ThrowIfCancellationRequested();

        // Kernels and text: lowering asks each operator what it computes, the emitter only writes it down.
        watch.Restart();
        var members = ProgramEmitter.Emit(optimized, schedule, style, cancellation);
        Stage("generate");
        return (rewritten, schedule, members with { Stages = [.. stages] });

        void Stage(string name)
        {
            stages.Add(new(name, watch.Elapsed));
            debug.Stage(name, watch.Elapsed);
        }
    }

    private static Target TargetOf(KernelTarget target) => target switch
    {
        KernelTarget.Avx512 => Target.Avx512,
        KernelTarget.Avx2 => Target.Avx2,
        KernelTarget.Portable => Target.Portable,
        _ => throw new UnreachableException($"{target}"),
    };

    [Conditional("DEBUG")]
    private static void Verify(Graph graph, string stage) => GraphVerifier.Verify(graph, stage);
}
