using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Benchmarks.Measuring;

namespace GraphCompiler.Benchmarks.Startup;

/// <summary>
/// The child's side: compiles a training step in a fresh process, runs it, and prints the milliseconds since the process
/// was started, its largest memory in MiB after one step and after <see cref="Steps"/> more, and the milliseconds of
/// <see cref="Parts"/>.
/// </summary>
internal static class FirstStep
{
    /// <summary>The first word of its command line; threads, cache directory and start time follow.</summary>
    public const string Command = "--first-step";

    public const int Steps = 200;

    /// <summary>What the time goes to, one after the other.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["process", "declare", "generate", "assembly", "memory", "run"];

    public static void Run(string[] arguments)
    {
        var (threads, cache) = (int.Parse(arguments[0], CultureInfo.InvariantCulture), arguments[1]);
        var started = double.Parse(arguments[2], CultureInfo.InvariantCulture);
        var work = Workloads.FirstStep;
        var options = new CompileOptions { Workers = threads, CacheDirectory = cache };
        var began = Milliseconds();
        var graph = work.Declare();
        var declared = Milliseconds();
        var compiled = graph.Compile(options);
        var done = Milliseconds();
        using var session = new Session(work, compiled);
        var ready = Milliseconds();
        session.Call();
        var (milliseconds, first) = (Milliseconds() - started, PeakMemory());
        for (var i = 0; i < Steps; i++)
        {
            session.Call();
        }

        var report = compiled.Report;
        double[] values =
        [
            milliseconds, first, PeakMemory(), began - started, declared - began, report.Generate.TotalMilliseconds,
            (report.Cache + report.Roslyn + report.Load).TotalMilliseconds, ready - done, started + milliseconds - ready,
        ];
        Console.WriteLine(string.Join(' ', values.Select(static value => value.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>The time that the two processes agree on.</summary>
    public static double Milliseconds() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;

    private static double PeakMemory()
    {
        const string HighWater = "VmHWM:";
        var line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(static l => l.StartsWith(HighWater, StringComparison.Ordinal))
            : null;
        using var process = Process.GetCurrentProcess();
        return line is not null
            ? double.Parse(line[HighWater.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024
            : process.PeakWorkingSet64 / (double)(1 << 20);
    }
}
