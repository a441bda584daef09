using GraphCompiler.Schedule;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Host;

/// <summary>A thousand training steps on two workers, and what the managed heap grew by meanwhile, on all threads.</summary>
internal static class TrainingSteps
{
    public static void Run()
    {
        Environment.SetEnvironmentVariable("GRAPHC_THREADS", "2");
        using var compiled = NamedGraphs.Mlp().Compile(new CompileOptions { CacheDirectory = "", Split = SplitPolicy.Always });
        using var execution = compiled.CreateExecution(workers: 2);
        var (x, labels, loss) = (compiled.Input<float>("x"), compiled.Input<int>("labels"), compiled.Output<float>("loss"));
        var (rows, classes) = (new float[32 * 48], new int[32]);
        rows.AsSpan().Fill(0.25f);
        var allocated = long.MaxValue;
        for (var round = 0; round < 8 && allocated > 0; round++)
        {
            // What the runtime allocates for itself (timers, tiering) shows in one round; a step that allocates, in all.
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 1000; i++)
            {
                execution.Feed<float>(x, rows);
                execution.Feed<int>(labels, classes);
                execution.Run();
                _ = execution.Scalar(loss);
            }

            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Console.WriteLine($"workers={execution.WorkersOfLastRun}");
        Console.WriteLine($"allocated={allocated}");
    }
}
