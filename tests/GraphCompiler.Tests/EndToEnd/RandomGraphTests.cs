using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Tiles;
using GraphCompiler.Schedule;
using GraphCompiler.Tests.Schedule;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Random graphs do what their definition says, with the same bits on every target and any number of workers.</summary>
public sealed class RandomGraphTests
{
    private const int GraphsPerCase = 12;
    private const int NoisyRuns = 6;

    /// <summary>Of the spread of noisy runs: a rounding error may be larger than what few random ones sum to.</summary>
    private const double SpreadFactor = 24;

    [TestCase(1000)]
    [TestCase(2000)]
    [TestCase(3000)]
    [TestCase(4000)]
    [TestCase(5000)]
    [TestCase(6000)]
    [TestCase(7000)]
    [TestCase(8000)]
    [TestCase(100130)]
    [TestCase(100589)]
    [TestCase(100902)]
    [TestCase(101770)]
    [TestCase(101881)]
    [TestCase(102022)]
    [TestCase(200948)]
    [TestCase(201379)]
    [TestCase(300611)]
    [TestCase(301019)]
    public void Run_RandomGraphs_EqualsDefinition(int seed)
    {
        var failures = new List<string>();
        for (var i = 0; i < GraphsPerCase; i++)
        {
            if (Check(seed + i) is { } failure)
            {
                failures.Add(failure);
            }
        }

        Assert.That(failures, Is.Empty, () => $"{failures.Count} of {GraphsPerCase} graphs\n{string.Join("\n\n", failures.OrderBy(static f => f.Length).Take(4))}");
    }

    /// <summary>As many as there is time for: GRAPHC_RANDOM_GRAPHS says how many, GRAPHC_RANDOM_SEED from which seed on.</summary>
    [Test]
    public void Run_ManyRandomGraphs_EqualsDefinition()
    {
        var first = FromEnvironment("GRAPHC_RANDOM_SEED", 100_000);
        var failures = new List<string>();
        for (var i = 0; i < FromEnvironment("GRAPHC_RANDOM_GRAPHS", 20); i++)
        {
            if (Check(first + i) is { } failure)
            {
                failures.Add(failure);
            }
        }

        Assert.That(failures, Is.Empty, () => string.Join("\n\n", failures));
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    // What went wrong, with the graph; null when all is well.
    private static string? Check(int seed)
    {
        Graph? graph = null;
        try
        {
            var random = new RandomGraph(seed);
            graph = random.Graph;
            _ = new Planned(graph); // kernels pass the verifier
            using var wide = graph.Compile(new CompileOptions { Target = KernelTarget.Avx2, CacheDirectory = "", Split = SplitPolicy.Always });
            using var portable = graph.Compile(new CompileOptions { Target = KernelTarget.Portable, CacheDirectory = "", Split = SplitPolicy.Always });
            using var widest = graph.Compile(new CompileOptions { Target = Tile512.IsSupported ? KernelTarget.Avx512 : KernelTarget.Avx2, CacheDirectory = "", Split = SplitPolicy.Always });
            foreach (var batch in (ReadOnlySpan<long>)[3, RandomGraph.MaxBatch, 1, 0])
            {
                if (wide.Layout.Symbols.IsEmpty && batch != 3)
                {
                    continue;
                }

                var feeds = random.Feed(batch, new System.Random(seed + (int)batch));
                var first = GraphRun.Run(graph, wide, feeds, batch, workers: 1);
                Compare(first, GraphRun.Run(graph, portable, feeds, batch, workers: 1), "portable");
                Compare(first, GraphRun.Run(graph, widest, feeds, batch, workers: 2), "AVX-512 where the host has it, 2 workers");
                Compare(first, GraphRun.Run(graph, wide, feeds, batch, workers: 2), "2 workers");
                Compare(first, GraphRun.Run(graph, wide, feeds, batch, workers: 3), "3 workers");
                Compare(first, GraphRun.Run(graph, portable, feeds, batch, workers: 2), "portable, 2 workers");
                Define(graph, feeds, batch, first, seed);
            }

            return null;
        }
        catch (Exception e)
        {
            var text = e.ToString();
            return $"seed {seed}: {text[..Math.Min(text.Length, e is MismatchException ? 300 : 1800)]}\n{graph}";
        }
    }

    private static void Compare(List<GraphRun.Result> expected, List<GraphRun.Result> actual, string what)
    {
        for (var r = 0; r < expected.Count; r++)
        {
            if (expected[r].Bits.AsSpan().SequenceEqual(actual[r].Bits))
            {
                continue;
            }

            for (var i = 0; i < expected[r].Values.Length; i++)
            {
                var (x, y) = (expected[r].Values[i], actual[r].Values[i]);
                if (BitConverter.DoubleToInt64Bits(x) != BitConverter.DoubleToInt64Bits(y) && !(double.IsNaN(x) && double.IsNaN(y)))
                {
                    throw new MismatchException($"{what}: {expected[r].Name}[{i}] is {y:R}, with AVX2 and one worker {x:R}");
                }
            }
        }
    }

    private static void Define(Graph graph, Dictionary<Tensor, ReferenceArray> feeds, long batch, List<GraphRun.Result> actual, int seed)
    {
        // A difference has to stand against more noise: few runs may all fall on the same side of a tie.
        if (FirstDifference(graph, feeds, batch, actual, seed, NoisyRuns) is not null
            && FirstDifference(graph, feeds, batch, actual, seed, 16 * NoisyRuns) is { } difference)
        {
            throw new MismatchException(difference);
        }
    }

    private static string? FirstDifference(Graph graph, Dictionary<Tensor, ReferenceArray> feeds, long batch, List<GraphRun.Result> actual, int seed, int runs)
    {
        var definition = new NoisyInterpreter(feeds, _ => batch, noise: null);
        NoisyInterpreter[] noisy = [.. Enumerable.Range(0, runs).Select(i => new NoisyInterpreter(feeds, _ => batch, new System.Random((seed * 31) + i)))];
        Tensor[] results = [.. graph.Outputs.Select(static o => o.Tensor), .. graph.Updates.Select(static u => u.Value)];
        for (var r = 0; r < results.Length; r++)
        {
            var expected = definition.Evaluate(results[r]).Data;
            double[][] others = [.. noisy.Select(n => n.Evaluate(results[r]).Data)];
            var values = actual[r].Values;
            if (values.Length != expected.Length)
            {
                return $"{actual[r].Name} has {values.Length} elements, not {expected.Length}";
            }

            for (var i = 0; i < values.Length; i++)
            {
                if (!Agrees(values[i], expected[i], [.. others.Select(o => o[i])], results[r].DType))
                {
                    return $"batch {batch}: {actual[r].Name}[{i}] is {values[i]:R}, by definition {expected[i]:R}";
                }
            }
        }

        return null;
    }

    private static bool Agrees(double actual, double expected, double[] noisy, DType type)
    {
        if (noisy.Any(n => double.IsFinite(n) != double.IsFinite(expected) || (!double.IsFinite(n) && !n.Equals(expected))))
        {
            return true; // on an edge: either side is right
        }

        var limit = type == DType.Float32 ? 3e38 : 1e308;
        if (!double.IsFinite(expected) || Math.Abs(expected) > limit)
        {
            return actual.Equals(expected) || Math.Abs(expected) > limit;
        }

        var spread = noisy.Max(n => Math.Abs(n - expected));
        var ulp = type == DType.Float32 ? 1.2e-7 : 2.3e-16;
        return Math.Abs(actual - expected) <= (SpreadFactor * spread) + (type.IsFloating() ? (ulp * Math.Abs(expected)) + 2e-37 : 0);
    }

    private sealed class MismatchException(string message) : Exception(message);
}
