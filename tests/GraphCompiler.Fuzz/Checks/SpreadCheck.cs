using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Fuzz.Checks;

/// <summary>Whole graphs: results differ from the definition by no more than what roundings on the way may do.</summary>
internal static class SpreadCheck
{
    private const int NoisyRuns = 4;

    /// <summary>A difference has to stand against more noise: few runs may all fall on the same side of a tie.</summary>
    private const int RunsInDoubt = 96;

    /// <summary>Of the spread of noisy runs: a rounding error may be larger than what few random ones sum to.</summary>
    private const double SpreadFactor = 24;

    public static string? FirstProblem(Graph graph, Dictionary<Tensor, ReferenceArray> feeds, Cases.RunInput input, List<GraphRun.Result> actual, int seed) =>
        FirstProblem(graph, feeds, input, actual, seed, NoisyRuns) is null ? null
        : FirstProblem(graph, feeds, input, actual, seed, RunsInDoubt);

    private static string? FirstProblem(
        Graph graph, Dictionary<Tensor, ReferenceArray> feeds, Cases.RunInput input, List<GraphRun.Result> actual, int seed, int runs)
    {
        var definition = new Evaluator(feeds, input.ValueOf);
        Evaluator[] noisy = [.. Enumerable.Range(0, runs).Select(i => new Evaluator(feeds, input.ValueOf, Seeds.Random(seed, 1 + i), isAlike: i % 2 != 0))];
        Tensor[] results = [.. graph.Outputs.Select(static o => o.Tensor), .. graph.Updates.Select(static u => u.Value)];
        for (var r = 0; r < results.Length; r++)
        {
            var expected = definition.Evaluate(results[r]).Data;
            double[][] others = [.. noisy.Select(n => n.Evaluate(results[r]).Data)];
            var values = actual[r].Values;
            if (values.Length != expected.Length)
            {
                return $"\"{actual[r].Name}\" has {values.Length} elements, not {expected.Length}";
            }

            for (var i = 0; i < values.Length; i++)
            {
                if (!values[i].Equals(expected[i]) && !Agrees(values[i], expected[i], [.. others.Select(o => o[i])], results[r].DType))
                {
                    return $"\"{actual[r].Name}\"[{i}] is {values[i]:R}, by definition {expected[i]:R}";
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

        var limit = type == DType.Float32 ? float.MaxValue : double.MaxValue;
        if (!double.IsFinite(expected) || Math.Abs(expected) > limit)
        {
            return Math.Abs(expected) > limit;
        }

        // What is subnormal on the way has no relative error: the spread does not show it.
        var spread = noisy.Max(n => Math.Abs(n - expected));
        var own = type.IsFloating() ? Accuracy.Unit(expected, type) + (type == DType.Float32 ? 2e-37 : 1e-300) : 0;
        return Math.Abs(actual - expected) <= (SpreadFactor * spread) + own;
    }
}
