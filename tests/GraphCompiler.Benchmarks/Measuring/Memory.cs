using System.Globalization;
using System.Text.RegularExpressions;
using GraphCompiler.Benchmarks.Works;

namespace GraphCompiler.Benchmarks.Measuring;

/// <summary>What a compiled graph keeps in memory, and what a step allocates on the managed heap.</summary>
internal static partial class Memory
{
    private const int WarmUp = 50;
    private const int Steps = 100;
    private const int Rounds = 5;

    /// <summary>
    /// Bytes of all memory, bytes of the arena, the largest sum of blocks alive at once, the arena in parts of it, and
    /// managed bytes for each call, of all threads.
    /// </summary>
    public static IEnumerable<(string Metric, double Value)> Measure(Work work, int threads)
    {
        using var session = new Session(work, threads);
        var plan = Plan().Match(session.Compiled.Summary);
        var (arena, live) = (Number(plan, "arena"), Number(plan, "live"));
        yield return ($"{work.Name}_total:bytes", session.Compiled.Layout.TotalBytes(threads));
        yield return ($"{work.Name}_arena:bytes", arena);
        yield return ($"{work.Name}_most_alive:bytes", live);
        yield return ($"{work.Name}_arena_of_most_alive:ratio", live == 0 ? 1 : arena / live);
        Repeat(session.Call, WarmUp);
        var nothing = Allocated(static () => { });
        yield return ($"{work.Name}_allocated_a_call:bytes", (Allocated(session.Call) - nothing) / (double)Steps);
    }

    // What the run-time allocates now and then on threads of its own is not in every round; what a call allocates is.
    private static long Allocated(Action call)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Repeat(call, Steps);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    private static void Repeat(Action call, int times)
    {
        for (var i = 0; i < times; i++)
        {
            call();
        }
    }

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"memory: arena (?<arena>[\d,]+) bytes.*most alive: (?<live>[\d,]+) bytes")]
    private static partial Regex Plan();
}
