using System.Diagnostics;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Checks;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Shrinking;

/// <summary>Cuts a failing case down as long as it fails in the same way: greedily, the large cuts first.</summary>
/// <param name="fails">What is wrong with a case, or null; called for every attempt.</param>
/// <param name="limit">When to stop.</param>
internal sealed class Shrinker(Func<FuzzCase, Failure?> fails, TimeSpan limit)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; private set; }

    public (FuzzCase Case, Failure Failure) Shrink(FuzzCase fuzz, Failure failure)
    {
        for (var progress = true; progress && _watch.Elapsed < limit;)
        {
            progress = false;
            foreach (var cut in Cuts.All)
            {
                // What a cut offers after a success is offered anew, for what is left.
                while (Next(fuzz, failure, cut) is { } smaller)
                {
                    (fuzz, failure, progress) = (smaller.Case, smaller.Failure, true);
                }
            }
        }

        return (fuzz, failure);
    }

    private (FuzzCase Case, Failure Failure)? Next(FuzzCase fuzz, Failure failure, Func<FuzzCase, IEnumerable<FuzzCase>> cut)
    {
        foreach (var candidate in cut(fuzz))
        {
            if (_watch.Elapsed >= limit)
            {
                return null;
            }

            Attempts++;
            if (IsValid(candidate) && fails(candidate) is { } same && same.Kind == failure.Kind)
            {
                return (candidate, same);
            }
        }

        return null;
    }

    private static bool IsValid(FuzzCase fuzz)
    {
        try
        {
            var graph = fuzz.Steps.Build(fuzz.Configuration.ReturnsEveryNode).Graph;
            return graph.Outputs.Count + graph.Updates.Count > 0
                && graph.Leaves.All(l => fuzz.Runs.All(r => r.Leaves.TryGetValue(l.Key, out var value)
                    && value.Type == l.Value.DType && value.Shape.SequenceEqual(l.Value.Shape.Evaluate(r.ValueOf))));
        }
        catch (Exception e) when (e is GraphException or ArgumentException or OverflowException)
        {
            return false;
        }
    }
}
