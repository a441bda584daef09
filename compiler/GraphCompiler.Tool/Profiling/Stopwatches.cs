using System.Diagnostics;

namespace GraphCompiler.Tool.Profiling;

/// <summary>Timing of calls that may be short.</summary>
internal static class Stopwatches
{
    private const double MinBatchSeconds = 20e-6;
    private const int MinBatches = 5;

    /// <summary>Seconds of one call: the quickest of several batches is the least disturbed.</summary>
    public static double Best(Action call, double seconds, CancellationToken cancellation)
    {
        Repeat(call, seconds / 3, cancellation);
        var best = double.MaxValue;
        var clock = Stopwatch.StartNew();
        for (var batch = 0; batch < MinBatches || clock.Elapsed.TotalSeconds < seconds; batch++)
        {
            var (runs, taken) = Repeat(call, MinBatchSeconds, cancellation);
            best = Math.Min(best, taken / runs);
        }

        return best;
    }

    /// <summary>Calls for a while; in batches, so that reading the clock here does not count.</summary>
    public static (long Runs, double Seconds) Repeat(Action call, double seconds, CancellationToken cancellation)
    {
        var (runs, size) = (0L, 1L);
        var clock = Stopwatch.StartNew();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0L; i < size; i++)
            {
                call();
            }

            runs += size;
            size = clock.Elapsed.TotalSeconds / runs * size < MinBatchSeconds ? 2 * size : size;
        }
        while (clock.Elapsed.TotalSeconds < seconds);

        return (runs, clock.Elapsed.TotalSeconds);
    }
}
