using System.Diagnostics;

namespace GraphCompiler.Benchmarks;

/// <summary>Median time of a call: warmed up until the JIT has settled, then repeated for half a second.</summary>
internal static class Timing
{
    private const double WarmUpSeconds = 0.2;
    private const double Seconds = 0.5;
    private const int MinRuns = 7;

    /// <summary>Seconds of one call.</summary>
    public static double Median(Action call)
    {
        var clock = Stopwatch.StartNew();
        var calls = 0;
        while (clock.Elapsed.TotalSeconds < WarmUpSeconds || calls < 3)
        {
            call();
            calls++;
        }

        // Short calls are timed in batches, so that reading the clock does not count.
        var size = Math.Max(1, (int)(20e-6 / (clock.Elapsed.TotalSeconds / calls)));
        var times = new List<double>();
        for (clock.Restart(); clock.Elapsed.TotalSeconds < Seconds || times.Count < MinRuns;)
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
}
