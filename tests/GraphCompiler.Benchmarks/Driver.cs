using System.Globalization;
using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Benchmarks.Profiling;
using GraphCompiler.Benchmarks.Startup;
using GraphCompiler.Benchmarks.Works;
using GraphCompiler.Inspect;

namespace GraphCompiler.Benchmarks;

/// <summary>Measures works and prints what was found.</summary>
/// <param name="threads">Threads of a run.</param>
/// <param name="seconds">How long each is measured.</param>
internal sealed class Driver(int threads, double seconds)
{
    private readonly Timing _timing = new(seconds);

    /// <summary>A named workload: its figures, and beside them what the machine can do at most.</summary>
    public void Measure(string workload)
    {
        if (Workloads.IsArithmetic(workload))
        {
            Peak(workload);
        }

        foreach (var work in Workloads.Of(workload))
        {
            var time = Time(work);
            foreach (var (metric, value) in work.Figures(time))
            {
                Report.Line(workload, threads, metric, value);
            }

            if (work.MovedBytes > 0)
            {
                var moving = work.MovedBytes / CopyBandwidth.Measure(work.Footprint, threads, _timing.Median);
                var arithmetic = Arithmetic(work);
                var limit = Math.Max(moving, arithmetic);
                Report.Line(workload, threads, $"{work.Name}_copy:ms", moving * 1e3);
                Report.Line(workload, threads, $"{work.Name}_arithmetic:ms", arithmetic * 1e3);
                Report.Line(workload, threads, $"{work.Name}_limit:ms", limit * 1e3);
                Report.Line(workload, threads, $"{work.Name}_of_limit:%", limit / time * 100);
            }
        }

        if (workload == "W3")
        {
            StartupTimes.Measure(workload, threads);
        }
    }

    /// <summary>A work of any size: one line.</summary>
    public void Measure(Work work)
    {
        var (metric, value) = work.Figures(Time(work)).First();
        var unit = metric[(metric.LastIndexOf(':') + 1)..];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work.Name} threads {threads} {unit} {value:G5}"));
    }

    /// <summary>The most that arithmetic can do.</summary>
    public void Peak(string workload)
    {
        var best = 0.0;
        foreach (var (bits, value) in FmaPeak.Measure(threads, _timing.Median))
        {
            best = Math.Max(best, value);
            Report.Line(workload, threads, $"fma_peak_{bits}:GFLOP/s", value);
        }

        Report.Line(workload, threads, "fma_peak:GFLOP/s", best);
    }

    /// <summary>What a work computes from inputs that any other program can make.</summary>
    public void Check(string workload, Work work)
    {
        using var session = new Session(work, threads);
        foreach (var (metric, value) in work.Check(session))
        {
            Report.Check(workload, metric, value);
        }
    }

    /// <summary>Bytes that a work keeps and allocates.</summary>
    public void Weigh(string workload, Work work)
    {
        foreach (var (metric, value) in Memory.Measure(work, threads))
        {
            Report.Line(workload, threads, metric, value, "0.###");
        }
    }

    /// <summary>Where a work's time goes, kernel by kernel.</summary>
    public void Profile(Work work) => KernelProfile.Print(work, threads, seconds);

    // What a work takes where memory takes nothing: little of it, again and again, on one thread, and shared by all.
    private double Arithmetic(Work work)
    {
        if (work.Cached is not { } cached)
        {
            return 0;
        }

        using var session = new Session(cached, 1);
        return _timing.Median(session.Call) * work.MovedBytes / cached.MovedBytes / threads;
    }

    private double Time(Work work)
    {
        using var session = new Session(work, threads);
        return _timing.Median(session.Call);
    }
}
