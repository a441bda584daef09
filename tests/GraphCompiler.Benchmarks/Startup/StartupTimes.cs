using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Benchmarks.Measuring;

namespace GraphCompiler.Benchmarks.Startup;

/// <summary>
/// This program started again, to the end of its first training step: with an empty kernel cache, and with the one that
/// a process before it left behind.
/// </summary>
internal static class StartupTimes
{
    public static void Measure(string workload, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("graphcompiler-startup-").FullName;
        try
        {
            // The first process also brings the program's files into the system's page cache; it is not reported.
            Child(threads, Path.Combine(folder, "first"));
            Print(workload, threads, "startup_empty_cache", Child(threads, Path.Combine(folder, "second")));
            Print(workload, threads, "startup", Child(threads, Path.Combine(folder, "second")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string workload, int threads, string name, double[] values)
    {
        Report.Line(workload, threads, $"{name}_import_to_first_step:ms", values[0]);
        Report.Line(workload, threads, $"{name}_peak_rss_first_step:MiB", values[1]);
        Report.Line(workload, threads, $"{name}_peak_rss_{FirstStep.Steps}_steps:MiB", values[2]);
        for (var i = 0; i < FirstStep.Parts.Count; i++)
        {
            Report.Line(workload, threads, $"{name}_part_{FirstStep.Parts[i]}:ms", values[3 + i]);
        }
    }

    private static double[] Child(int threads, string cache)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in isHost ? [typeof(StartupTimes).Assembly.Location] : Array.Empty<string>())
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(FirstStep.Command);
        start.ArgumentList.Add(threads.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(cache);
        start.ArgumentList.Add(FirstStep.Milliseconds().ToString("F3", CultureInfo.InvariantCulture));
        using var child = OnAllProcessors(() => Process.Start(start)!);
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(static v => double.Parse(v, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"the first step ended with exit code {child.ExitCode}");
    }

    // A start is not a run of one thread: the JIT and the garbage collector have threads of their own. A child inherits
    // the processors of the thread that starts it, which on Linux is what the property is about.
    private static Process OnAllProcessors(Func<Process> start)
    {
        if (!OperatingSystem.IsLinux())
        {
            return start();
        }

        using var self = Process.GetCurrentProcess();
        var before = self.ProcessorAffinity;
        self.ProcessorAffinity = -1;
        try
        {
            return start();
        }
        finally
        {
            self.ProcessorAffinity = before;
        }
    }
}
