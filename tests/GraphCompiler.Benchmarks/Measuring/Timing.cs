using System.Diagnostics;
using System.Runtime;

namespace GraphCompiler.Benchmarks.Measuring;

/// <summary>Median time of a call: warmed up until the JIT has settled, then repeated.</summary>
/// <param name="seconds">How long to measure, warm-up not counted.</param>
internal sealed class Timing(double seconds)
{
    // Tiered compilation waits for 100 ms without new methods before it recompiles what is called often.
    private const double WindowSeconds = 0.15;
    private const double MaxWarmUpSeconds = 2;
    private const double MinSampleSeconds = 20e-6;
    private const int MinCalls = 3;
    private const int MinSamples = 7;
    private const int MaxSamples = 5000;

    /// <summary>Seconds of one call.</summary>
    public double Median(Action call)
    {
        var single = WarmUp(call);

        // Short calls are timed in batches, so that reading the clock does not count.
        var size = single < MinSampleSeconds ? (int)(MinSampleSeconds / single) + 1 : 1;
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

    // Windows of calls, until the JIT has compiled nothing in one of them. Returns the shortest call.
    private static double WarmUp(Action call)
    {
        var shortest = double.MaxValue;
        var clock = Stopwatch.StartNew();
        long before;
        do
        {
            before = JitInfo.GetCompiledMethodCount();
            var window = Stopwatch.StartNew();
            for (var calls = 0; calls < MinCalls || window.Elapsed.TotalSeconds < WindowSeconds; calls++)
            {
                var from = Stopwatch.GetTimestamp();
                call();
                shortest = Math.Min(shortest, Math.Max(Stopwatch.GetElapsedTime(from).TotalSeconds, 1e-9));
            }
        }
        while (JitInfo.GetCompiledMethodCount() != before && clock.Elapsed.TotalSeconds < MaxWarmUpSeconds);

        return shortest;
    }
}
