using System.Collections.Immutable;
using GraphCompiler.Inspect;

namespace GraphCompiler.Tool.Profiling;

/// <summary>
/// What this machine can do at most, measured here and now: arithmetic in registers, and copying of as many bytes as a
/// kernel touches, for what fits a cache goes faster than what does not.
/// </summary>
/// <param name="workers">Threads.</param>
/// <param name="attempts">How often each is measured; the best counts, for it is a limit.</param>
/// <param name="cancellation">Ends the measurement.</param>
internal sealed class Roofline(int workers, int attempts, CancellationToken cancellation)
{
    private const double Seconds = 0.06;
    private const long Smallest = 16 << 10;
    private const long Largest = 256 << 20;

    private readonly SortedDictionary<(int Threads, long Footprint), double> _bandwidths = [];
    private readonly Dictionary<int, double> _peaks = [];

    /// <summary>Operations a second of all workers, in thousands of millions.</summary>
    public double PeakGigaFlops => Peak(workers);

    /// <summary>What was measured of memory so far.</summary>
    public ImmutableArray<(int Threads, long Footprint, double GigaBytes)> Bandwidths => [.. _bandwidths.Select(static b => (b.Key.Threads, b.Key.Footprint, b.Value))];

    /// <summary>A kernel's figures.</summary>
    /// <param name="kernel">Its work.</param>
    /// <param name="nanoseconds">Its time.</param>
    public KernelTime Of(InspectedKernel kernel, double nanoseconds)
    {
        var threads = kernel.IsParallel ? workers : 1;
        var compute = kernel.Flops / Peak(threads);
        var memory = kernel.Bytes / Bandwidth(threads, kernel.Bytes);
        return new KernelTime(
            nanoseconds,
            kernel.Flops / nanoseconds,
            kernel.Bytes / nanoseconds,
            Math.Max(compute, memory) / nanoseconds,
            compute > memory);
    }

    private double Best(Func<double> measure) => Enumerable.Range(0, attempts).Max(_ => measure());

    private double Peak(int threads)
    {
        if (!_peaks.TryGetValue(threads, out var peak))
        {
            peak = Best(() => FmaPeak.Measure(threads, call => Stopwatches.Best(call, Seconds, cancellation)).Max(static w => w.Value));
            _peaks.Add(threads, peak);
        }

        return peak;
    }

    // Measured for powers of four: as much as the kernel touches, or a little more.
    private double Bandwidth(int threads, long bytes)
    {
        var footprint = Smallest;
        while (footprint < bytes && footprint < Largest)
        {
            footprint *= 4;
        }

        if (!_bandwidths.TryGetValue((threads, footprint), out var bandwidth))
        {
            var measured = Best(() => CopyBandwidth.Measure(footprint, threads, call => Stopwatches.Best(call, Seconds, cancellation)));
            _bandwidths.Add((threads, footprint), bandwidth = measured / 1e9);
        }

        return bandwidth;
    }
}
