using System.Diagnostics;
using System.Runtime;

namespace GraphCompiler.Benchmarks.Measuring;

/// <summary>
/// Median time of a call: warmed up until the JIT has settled, then repeated; anew, where the JIT compiled something
/// meanwhile after all.
/// </summary>
/// <param name="seconds">How long to measure, warm-up not counted.</param>
internal sealed class Timing(double seconds)
{
    // Tiered compilation waits until it has seen no new method for 100 ms, or 1 s where there is one processor; then it
    // counts calls, and recompiles what is called often on a thread of its own, which in a pinned process has the pauses
    // to run in. After a compilation that is thousands of methods. Where it uses the processor in a pause, it is not
    // done, even if a busy machine lets it finish nothing. It looks once in each delay: two of them, and some.
    private static readonly double QuietSeconds = Environment.ProcessorCount == 1 ? 2.2 : 0.4;

    private const double WindowSeconds = 0.1;
    private const int PauseMilliseconds = 120;
    private const double MaxIdleSeconds = 0.002;
    private const double MaxWarmUpSeconds = 20;
    private const int MaxAttempts = 4;
    private const double MinSampleSeconds = 20e-6;
    private const int MinCalls = 3;
    private const int MinSamples = 7;
    private const int MaxSamples = 50_000;

    /// <summary>Seconds of one call.</summary>
    public double Median(Action call)
    {
        var single = WarmUp(call);

        // Short calls are timed in batches, so that reading the clock does not count.
        var size = single < MinSampleSeconds ? (int)(MinSampleSeconds / single) + 1 : 1;
        double median;
        long before;
        var attempts = 0;
        do
        {
            before = JitInfo.GetCompiledMethodCount();
            median = Sample(call, size);
        }
        while (JitInfo.GetCompiledMethodCount() != before && ++attempts < MaxAttempts);

        return median;
    }

    private double Sample(Action call, int size)
    {
        var times = new List<double>(MaxSamples);
        var clock = Stopwatch.StartNew();
        while (times.Count < MaxSamples && (clock.Elapsed.TotalSeconds < seconds || times.Count < MinSamples))
        {
            var from = Stopwatch.GetTimestamp();
            for (var i = 0; i < size; i++)
            {
                call();
            }

            times.Add(Stopwatch.GetElapsedTime(from).TotalSeconds / size);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    // Windows of calls with pauses between, until the JIT has compiled nothing for long enough. Returns the shortest call.
    private static double WarmUp(Action call)
    {
        var shortest = double.MaxValue;
        var clock = Stopwatch.StartNew();
        var quiet = Stopwatch.StartNew();
        while (quiet.Elapsed.TotalSeconds < QuietSeconds && clock.Elapsed.TotalSeconds < MaxWarmUpSeconds)
        {
            var before = JitInfo.GetCompiledMethodCount();
            var isIdle = Pause();
            var window = Stopwatch.StartNew();
            for (var calls = 0; calls < MinCalls || window.Elapsed.TotalSeconds < WindowSeconds; calls++)
            {
                var from = Stopwatch.GetTimestamp();
                call();
                shortest = Math.Min(shortest, Math.Max(Stopwatch.GetElapsedTime(from).TotalSeconds, 1e-9));
            }

            if (!isIdle || JitInfo.GetCompiledMethodCount() != before)
            {
                quiet.Restart();
            }
        }

        return shortest;
    }

    // Sleeps; true when no other thread of this process had anything to do meanwhile.
    private static bool Pause()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        Thread.Sleep(PauseMilliseconds);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds < MaxIdleSeconds;
    }
}
