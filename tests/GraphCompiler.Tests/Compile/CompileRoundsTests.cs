using System.Diagnostics;
using System.Globalization;

namespace GraphCompiler.Tests.Compile;

/// <summary>Compiling, running and unloading again and again leaves nothing behind.</summary>
[NonParallelizable]
public sealed class CompileRoundsTests
{
    private const long MiB = 1 << 20;

    // Tables of Roslyn fill up with the words of sources until they have their size: some 20 KB a round at first.
    [Test]
    public void Rounds_Hundreds_LeaveNoCodeAndLittleElse() =>
        Check([.. CompileRounds.Run(200)], managed: 16 * MiB);

    [Test]
    public void Rounds_TenThousand_LeaveNoCodeAndNoObjects()
    {
        if (Environment.GetEnvironmentVariable("GRAPHC_TEST_ALL") != "1")
        {
            Assert.Ignore("10,000 compilations take some minutes: GRAPHC_TEST_ALL=1 runs them");
        }

        var figures = InAProcessOfItsOwn(10_000);
        Check(figures, managed: 8 * MiB); // less than a kilobyte each; Roslyn's tables take 2.4 MiB of it
        Assert.That(figures[^1].Resident - figures[0].Resident, Is.LessThan(64 * MiB), "bytes of the process");
    }

    // From the first tenth to the last.
    private static void Check(CompileRounds.Figures[] figures, long managed)
    {
        foreach (var each in figures)
        {
            TestContext.Out.WriteLine(each);
        }

        Assert.That(figures.Select(static f => f.Contexts), Is.All.LessThanOrEqualTo(1), "the last one may be in use by the thread that prepares methods");
        Assert.That(figures[^1].Managed - figures[0].Managed, Is.LessThan(managed), "bytes on the managed heap");
    }

    private static CompileRounds.Figures[] InAProcessOfItsOwn(int rounds)
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
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(CompileRounds.Parse)];
    }
}
