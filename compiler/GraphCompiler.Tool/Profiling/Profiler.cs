using System.Collections.Immutable;
using System.Diagnostics;
using GraphCompiler.Compile;
using GraphCompiler.Inspect;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tool.Profiling;

/// <summary>Runs a graph with a clock between its kernels. The times are the first worker's.</summary>
internal static class Profiler
{
    private const double WarmUpSeconds = 0.3;

    // Short enough for some of them to pass without another program getting the processor; some runs of most graphs.
    private const double RoundSeconds = 2e-3;
    private const string Barrier = "w.Barrier";

    // Who wants it quickly gets the limits quickly too.
    private const double LongRun = 1;
    private const int AttemptsOfLongRun = 4;

    /// <summary>Compiles, runs for a while, and measures what the machine could do.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="options">How to compile it.</param>
    /// <param name="seconds">How long to run it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static (GraphInspection Inspection, GraphProfile Profile) Run(Graph graph, CompileOptions options, double seconds, CancellationToken cancellation)
    {
        var (inspection, program) = GraphInspection.Inspect(graph, options, cancellation);
        IReadOnlyList<string> calls = [];
        using var compiled = GraphCompilation.Run(
            graph,
            options,
            (_, _, _) =>
            {
                (var timed, calls) = Instrumentation.Of(program);
                return timed;
            },
            cancellation);
        var ticks = (long[])compiled.Module!.Entry.Method.DeclaringType!.GetField(Instrumentation.TicksField)!.GetValue(null)!;
        using var execution = compiled.CreateExecution();
        RandomInputs.Feed(execution);
        Stopwatches.Repeat(execution.Run, WarmUpSeconds, cancellation);
        var (times, run) = Quickest(execution, ticks, seconds, cancellation);
        return (inspection, Evaluate(inspection, calls, times, run, new Roofline(execution.Workers, seconds < LongRun ? 1 : AttemptsOfLongRun, cancellation), execution.Workers));
    }

    // Mean nanoseconds of each call and of the whole run, in the quickest round.
    private static (double[] Times, double Run) Quickest(Execution execution, long[] ticks, double seconds, CancellationToken cancellation)
    {
        (double[] Times, double Run) best = ([], double.MaxValue);
        var clock = Stopwatch.StartNew();
        do
        {
            Array.Clear(ticks);
            var (runs, taken) = Stopwatches.Repeat(execution.Run, RoundSeconds, cancellation);
            if (taken * 1e9 / runs < best.Run)
            {
                best = ([.. ticks.Select(t => t * 1e9 / Stopwatch.Frequency / runs)], taken * 1e9 / runs);
            }
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        return best;
    }

    private static GraphProfile Evaluate(
        GraphInspection inspection, IReadOnlyList<string> calls, double[] times, double run, Roofline roofline, int workers)
    {
        var kernels = ImmutableArray.CreateBuilder<KernelTime>();
        var waiting = 0.0;
        for (var i = 0; i < times.Length; i++)
        {
            if (calls[i] == Barrier)
            {
                waiting += times[i];
            }
            else
            {
                kernels.Add(roofline.Of(inspection.Kernels[kernels.Count], Math.Max(times[i], 1e-3)));
            }
        }

        return new GraphProfile(kernels.ToImmutable(), run, waiting, workers, roofline.PeakGigaFlops, roofline.Bandwidths);
    }
}
