using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Compiles and runs small graphs once.</summary>
internal static class Steps
{
    public static CompileOptions Options { get; } = new() { CacheDirectory = "", Split = SplitPolicy.Always };

    /// <summary>An execution of all outputs and updates; the compiled graph goes with the collector.</summary>
    public static Execution Start(Graph graph, int workers = 1) => graph.Compile(Options).CreateExecution(workers: workers);

    public static float[] Range(int count, float from = 0, float step = 1) => [.. Enumerable.Range(0, count).Select(i => from + (i * step))];
}
