using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Benchmarks.Works;
using GraphCompiler.Compile;
using GraphCompiler.Inspect;

namespace GraphCompiler.Benchmarks.Profiling;

/// <summary>
/// Where a run's time goes: each kernel's share, with its rates. The times are the first worker's; what it waits for at
/// barriers is a line of its own. Reading the clock costs each kernel some 25 ns.
/// </summary>
internal static partial class KernelProfile
{
    private const double WarmUpSeconds = 0.3;
    private const double MinBatchSeconds = 20e-6;
    private const int Rounds = 10;
    private const string Barrier = "w.Barrier";

    public static void Print(Work work, int threads, double seconds)
    {
        IReadOnlyList<string> calls = [];
        var compiled = GraphCompilation.Run(
            work.Declare(),
            new CompileOptions { Workers = threads },
            (graph, options, cancellation) =>
            {
                (var program, calls) = Instrumentation.Of(Pipeline.Generate(graph, options, cancellation));
                return program;
            },
            CancellationToken.None);
        var type = compiled.Module!.Entry.Method.DeclaringType!;
        var ticks = (long[])type.GetField(Instrumentation.TicksField)!.GetValue(null)!;
        using var session = new Session(work, compiled);
        Repeat(session.Call, WarmUpSeconds);
        var (times, wall) = Enumerable.Range(0, Rounds).Select(_ => Round(session.Call, ticks, seconds / Rounds)).MinBy(static r => r.Wall);
        Table(work, threads, compiled.Summary, calls, times, wall);
    }

    // Mean microseconds of each kernel and of the whole run. The quickest of several rounds is the least disturbed.
    private static (double[] Times, double Wall) Round(Action call, long[] ticks, double seconds)
    {
        Array.Clear(ticks);
        var (runs, wall) = Repeat(call, seconds);
        return ([.. ticks.Select(t => t * 1e6 / Stopwatch.Frequency / runs)], wall * 1e6 / runs);
    }

    // In batches, so that reading the clock here does not count where a run takes less than it.
    private static (int Runs, double Seconds) Repeat(Action call, double seconds)
    {
        var (runs, size) = (0, 1);
        var clock = Stopwatch.StartNew();
        do
        {
            for (var i = 0; i < size; i++)
            {
                call();
            }

            runs += size;
            size = clock.Elapsed.TotalSeconds / runs * size < MinBatchSeconds ? 2 * size : size;
        }
        while (clock.Elapsed.TotalSeconds < seconds);

        return (runs, clock.Elapsed.TotalSeconds);
    }

    private static void Table(Work work, int threads, string summary, IReadOnlyList<string> calls, double[] times, double wall)
    {
        var kernels = Kernels().Matches(summary);
        Write($"profile {work.Name} threads {threads}, mean of a run: {wall:F1} us");
        var (kernel, waiting) = (0, 0.0);
        for (var i = 0; i < times.Length; i++)
        {
            if (calls[i] == Barrier)
            {
                waiting += times[i];
                continue;
            }

            var facts = kernels[kernel++];
            var (flops, bytes) = (Number(facts, "flops"), Number(facts, "bytes"));
            Write($"{times[i] / wall,7:P1} {times[i],10:F2} us {flops / times[i] / 1e3,8:F1} GFLOP/s {bytes / times[i] / 1e3,8:F1} GB/s  {facts.Groups["name"].Value,-20} {facts.Groups["kind"].Value,-12} {facts.Groups["formula"].Value.Trim()}");
        }

        Write($"{waiting / wall,7:P1} {waiting,10:F2} us waiting at barriers");
        Write($"{1 - (times.Sum() / wall),7:P1} {wall - times.Sum(),10:F2} us outside of kernels");
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // A line of the summary for each kernel, and its last formula: the one that is stored.
    [GeneratedRegex(@"^ +\d+ (?<name>\w+) +(?<kind>\w+) +(?<flops>[\d,]+) flops +(?<bytes>[\d,]+) bytes .*\n(?<formula> {8}.*\n)*", RegexOptions.Multiline)]
    private static partial Regex Kernels();
}
