using System.Diagnostics;
using System.Globalization;

namespace GraphCompiler.Tests.Compile;

/// <summary>Compiling, running and unloading again and again leaves nothing behind.</summary>
[NonParallelizable]
public sealed class CompileRoundsTests
{
    private const long MiB = 1 << 20;

    private sealed record Figures(int Round, int Contexts, long Managed, long Resident, long Peak);

    [Test]
    public void Rounds_Hundreds_LeaveNoCodeAndNoObjects() => Check(200, managed: 4 * MiB, resident: 96 * MiB);

    [Test]
    public void Rounds_TenThousand_LeaveNoCodeAndNoObjects()
    {
        if (Environment.GetEnvironmentVariable("GRAPHC_TEST_ALL") != "1")
        {
            Assert.Ignore("10,000 compilations take some minutes: GRAPHC_TEST_ALL=1 runs them");
        }

        Check(10_000, managed: 4 * MiB, resident: 96 * MiB);
    }

    // From the first report, when caches of Roslyn and the JIT have their size, to the last.
    private static void Check(int rounds, long managed, long resident)
    {
        var figures = Run(rounds);
        foreach (var each in figures)
        {
            TestContext.Out.WriteLine(each);
        }

        var (first, last) = (figures[0], figures[^1]);
        Assert.That(last.Round, Is.EqualTo(rounds));
        Assert.That(figures.Select(static f => f.Contexts), Is.All.LessThanOrEqualTo(1), "the last one may be in use by the thread that prepares methods");
        Assert.That(last.Managed - first.Managed, Is.LessThan(managed), "bytes on the managed heap");
        Assert.That(last.Resident - first.Resident, Is.LessThan(resident), "bytes of the process");
    }

    private static Figures[] Run(int rounds)
    {
        const string Name = "GraphCompiler.Tests.Host";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", Name, configuration, $"{Name}.dll"));
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", host, "rounds", rounds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
        {
            var numbers = line.Split(' ').Select(static part => long.Parse(part[(part.IndexOf('=') + 1)..], CultureInfo.InvariantCulture)).ToArray();
            return new Figures((int)numbers[0], (int)numbers[1], numbers[2], numbers[3], numbers[4]);
        })];
    }
}
