using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Reference;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Fuzz.Checks;

/// <summary>Runs a compiled case: the same bits on both targets and with any number of workers, and what the definition says.</summary>
internal static class CaseCheck
{
    public static Failure? Run(FuzzCase fuzz, Graph graph, CompiledGraph compiled, CompiledGraph other)
    {
        try
        {
            foreach (var (input, run) in fuzz.Runs.Select(static (input, run) => (input, run)))
            {
                if (Run(fuzz, graph, compiled, other, input) is { } failure)
                {
                    return failure with { Message = $"run {run}: {failure.Message}" };
                }
            }

            return null;
        }
        catch (Exception e)
        {
            return Failure.Of("run", e);
        }
    }

    private static Failure? Run(FuzzCase fuzz, Graph graph, CompiledGraph compiled, CompiledGraph other, RunInput input)
    {
        var feeds = input.Feeds(graph);
        var batch = input.Symbols.Values.FirstOrDefault();
        var configuration = fuzz.Configuration;
        List<GraphRun.Result> Results(CompiledGraph program, int workers) => GraphRun.Run(graph, program, feeds, batch, workers);
        var results = Results(compiled, workers: 1);
        if (configuration.Workers > 1 && FirstDifference(results, Results(compiled, configuration.Workers)) is { } race)
        {
            return new("bits: workers", $"{configuration.Target} with {configuration.Workers} workers: {race}");
        }

        if (FirstDifference(results, Results(other, configuration.OtherWorkers)) is { } difference)
        {
            return new("bits: targets", $"{configuration.OtherTarget} with {configuration.OtherWorkers} worker(s): {difference}");
        }

        return input.HasSpecials ? null
            : configuration.ReturnsEveryNode
            ? NodeCheck.FirstProblem(graph, feeds, input, results) is { } node ? new("node", node) : null
            : SpreadCheck.FirstProblem(graph, feeds, input, results, fuzz.Seed) is { } problem ? new("definition", problem) : null;
    }

    private static string? FirstDifference(List<GraphRun.Result> expected, List<GraphRun.Result> actual)
    {
        foreach (var (e, a) in expected.Zip(actual).Where(static p => !p.First.Bits.AsSpan().SequenceEqual(p.Second.Bits)))
        {
            for (var i = 0; i < e.Values.Length; i++)
            {
                var (x, y) = (e.Values[i], a.Values[i]);
                if (BitConverter.DoubleToInt64Bits(x) != BitConverter.DoubleToInt64Bits(y) && !(double.IsNaN(x) && double.IsNaN(y)))
                {
                    return $"\"{e.Name}\"[{i}] is {y:R}, not {x:R}";
                }
            }
        }

        return null;
    }
}
