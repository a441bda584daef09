using System.Diagnostics;
using System.Globalization;

namespace GraphCompiler.Tests.EndToEnd;

public sealed class MemoryTests
{
    /// <summary>Weights and gradient are 128 MiB; the rest is the compiler, its heap, and packing space.</summary>
    private const long MaxMegabytes = 300;

    [Test]
    [Platform("Linux", Reason = "Peak memory is read from /proc.")]
    public void Run_LargeProductAndGradients_StaysUnder300Megabytes()
    {
        var lines = Host("product");
        Assert.That(lines, Does.Contain("y=512").And.Contain("dx=512").And.Contain("dw=16"));
        var peak = lines.Single(static l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        TestContext.Out.WriteLine(peak);
        var kilobytes = long.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Assert.That(kilobytes / 1000, Is.LessThan(MaxMegabytes));
    }

    [Test]
    public void Run_ThousandSteps_AllocateNothingOnAnyThread() => Assert.That(Host("steps"), Is.EqualTo(new[] { "workers=2", "allocated=0" }));

    // A process of its own: here the test runner's threads allocate too.
    private static string[] Host(string what)
    {
        const string Name = "GraphCompiler.Tests.Host";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", Name, configuration, $"{Name}.dll"));
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", host, what]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
