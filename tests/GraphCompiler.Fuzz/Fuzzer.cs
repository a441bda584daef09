using System.Diagnostics;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Checks;
using GraphCompiler.Fuzz.Drawing;
using GraphCompiler.Fuzz.Reports;
using GraphCompiler.Fuzz.Shrinking;

namespace GraphCompiler.Fuzz;

/// <summary>Draws, compiles and checks case after case, in batches that share a compilation.</summary>
/// <param name="output">Where failures are reported, and how many graphs were run.</param>
/// <param name="shrinkLimit">How long to cut a failing case down; zero: not at all.</param>
internal sealed class Fuzzer(TextWriter output, TimeSpan shrinkLimit)
{
    /// <summary>Programs of an assembly are twice as many. More are no faster; fewer pay for Roslyn's own work.</summary>
    private const int BatchSize = 24;

    /// <summary>Graphs between two lines that say how far a long run is.</summary>
    private const int Stretch = 1200;

    /// <summary>Runs from a seed on as long as asked to; returns what is wrong, and how many graphs that was.</summary>
    /// <param name="seed">The first; the next ones follow.</param>
    /// <param name="goesOn">Asked before each batch, with the number of graphs so far: how many more at most, 0 for an end.</param>
    public FuzzReport Run(int seed, Func<int, int> goesOn)
    {
        var watch = Stopwatch.StartNew();
        var times = new PhaseTimes();
        var (count, nodes, failures) = (0, 0L, new List<(FuzzCase Case, Failure Failure)>());
        string Summary() => FormattableString.Invariant(
            $"{count} graphs (seeds {seed} to {seed + count - 1}, {(double)nodes / Math.Max(1, count):F0} nodes each) in {watch.Elapsed.TotalSeconds:F0} s, {60 * count / watch.Elapsed.TotalSeconds:F0} a minute, {failures.Count} failures; {times}");
        for (var size = Math.Min(BatchSize, goesOn(0)); size > 0; size = Math.Min(BatchSize, goesOn(count)))
        {
            List<FuzzCase> cases;
            using (times.Of("draw"))
            {
                cases = [.. Enumerable.Range(seed + count, size).Select(GraphGenerator.Draw)];
            }

            var results = CaseBatch.Run(cases, times);
            foreach (var (fuzz, failure) in cases.Zip(results).Where(static p => p.Second is not null))
            {
                failures.Add((fuzz, failure!));
                Report(fuzz, failure!);
            }

            count += size;
            nodes += cases.Sum(static c => c.Steps.Steps.Length);
            if (count % Stretch == 0)
            {
                output.WriteLine($"so far {Summary()}");
            }
        }

        output.WriteLine(Summary());
        return new(count, failures);
    }

    private void Report(FuzzCase fuzz, Failure failure)
    {
        output.WriteLine($"seed {fuzz.Seed}: {failure.Kind}: {failure.Message}\n  {fuzz.Configuration}");
        if (shrinkLimit > TimeSpan.Zero)
        {
            var shrinker = new Shrinker(CaseBatch.Run, shrinkLimit);
            var (small, same) = shrinker.Shrink(fuzz, failure);
            output.WriteLine(
                $"cut down in {shrinker.Attempts} attempts from {fuzz.Steps.Steps.Length} nodes to {small.Steps.Steps.Length}: {same.Message}\n{CSharpPrinter.Print(small)}");
        }
    }
}

/// <summary>What a run found.</summary>
internal sealed record FuzzReport(int Count, IReadOnlyList<(FuzzCase Case, Failure Failure)> Failures);
