using System.Diagnostics;
using System.Globalization;

namespace GraphCompiler.Fuzz.Tests;

public sealed class FuzzTests
{
    private const int FewestGraphs = 300;

    /// <summary>
    /// A minute of random graphs, at least 300. GRAPHC_FUZZ_SECONDS says another time, GRAPHC_FUZZ_GRAPHS another number,
    /// GRAPHC_FUZZ_SEED the first seed.
    /// </summary>
    [Test]
    public void Run_AMinuteOfRandomGraphs_FindsNothing()
    {
        var watch = Stopwatch.StartNew();
        var (seconds, graphs) = (Setting("GRAPHC_FUZZ_SECONDS", 60), Setting("GRAPHC_FUZZ_GRAPHS", FewestGraphs));
        var report = new Fuzzer(TestContext.Progress, TimeSpan.FromSeconds(30)).Run(
            Setting("GRAPHC_FUZZ_SEED", 1), count => count < graphs || watch.Elapsed.TotalSeconds < seconds ? int.MaxValue : 0);
        Assert.That(report.Failures.Select(static f => $"seed {f.Case.Seed}: {f.Failure.Kind}: {f.Failure.Message}"), Is.Empty);
        Assert.That(report.Count, Is.AtLeast(graphs));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
