using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Benchmarks.Measuring;

namespace GraphCompiler.Benchmarks.Startup;

/// <summary>
/// The child's side: compiles a training step in a fresh process, runs it, and prints the milliseconds since the process
/// was started, and its largest memory in MiB after one step and after <see cref="Steps"/> more.
/// </summary>
internal static class FirstStep
{
    /// <summary>The first word of its command line; threads, cache directory and start time follow.</summary>
    public const string Command = "--first-step";

    public const int Steps = 200;

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

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {first} {PeakMemory()}"));
        var report = compiled.Report;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"begin {began - started:F0}, declare {declared - began:F0}, compile {done - declared:F0} " +
            $"(generate {report.Generate.TotalMilliseconds:F0}, cache {report.Cache.TotalMilliseconds:F0}, " +
            $"Roslyn {report.Roslyn.TotalMilliseconds:F0}, load {report.Load.TotalMilliseconds:F0}), " +
            $"memory {ready - done:F0}, first run {started + milliseconds - ready:F0} ms"));
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
