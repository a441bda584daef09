using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.EndToEnd;

public sealed class MemoryTests
{
    /// <summary>Weights and gradient are 128 MiB; the rest is the compiler, its heap, and packing space.</summary>
    private const long MaxMegabytes = 300;

    [Test]
    [Platform("Linux", Reason = "Peak memory is read from /proc.")]
    public void Run_LargeProductAndGradients_StaysUnder300Megabytes()
    {
        const string Name = "GraphCompiler.Tests.Host";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", Name, configuration, $"{Name}.dll"));
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", host, "product"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(lines, Does.Contain("y=512").And.Contain("dx=512").And.Contain("dw=16"));
        var peak = lines.Single(static l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        TestContext.Out.WriteLine(peak);
        var kilobytes = long.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Assert.That(kilobytes / 1000, Is.LessThan(MaxMegabytes));
    }

    [Test]
    public void Run_ThousandSteps_AllocateNothingOnAnyThread()
    {
        using var compiled = NamedGraphs.Mlp().Compile(Steps.Options);
        using var execution = compiled.CreateExecution(workers: 2);
        var (x, labels, loss) = (compiled.Input<float>("x"), compiled.Input<int>("labels"), compiled.Output<float>("loss"));
        var (rows, classes) = (Steps.Range(32 * 48, from: -1, step: 0.001f), new int[32]);
        var sum = 0f;
        for (var i = 0; i < 20; i++)
        {
            Step(execution, x, labels, loss, rows, classes, ref sum); // threads start, methods compile
        }

        // The count is the process's: the test runner's own threads may show in one round, a step that allocates in all.
        var allocated = long.MaxValue;
        for (var round = 0; round < 8 && allocated > 0; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 1000; i++)
            {
                Step(execution, x, labels, loss, rows, classes, ref sum);
            }

            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.That(execution.WorkersOfLastRun, Is.EqualTo(2));
        Assert.That(allocated, Is.Zero, "bytes");
        Assert.That(sum, Is.Not.NaN);
    }

    private static void Step(Execution execution, Input<float> x, Input<int> labels, Output<float> loss, float[] rows, int[] classes, ref float sum)
    {
        execution.Feed<float>(x, rows);
        execution.Feed<int>(labels, classes);
        execution.Run();
        sum += execution.Scalar(loss);
    }
}
