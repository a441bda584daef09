using GraphCompiler.Compile;
using GraphCompiler.Operators;

namespace GraphCompiler.Tests.Host;

/// <summary>Runs kernels whose inner loops tests read in the JIT's listing: a kernel that is not run is not compiled.</summary>
internal static class HotLoops
{
    public static void Run()
    {
        foreach (var target in KernelTargets.Supported)
        {
            Product(target, 84, 40, 64);
            Product(target, 84, 40, 68); // four columns beyond whole tiles
            Product(target, 1, 40, 64);
        }
    }

    private static void Product(KernelTarget target, int m, int k, int n)
    {
        var graph = new Graph("product");
        graph.Output("c", graph.Input("a", [m, k]).MatMul(graph.Input("b", [k, n])));
        using var compiled = graph.Compile(new CompileOptions { Target = target, CacheDirectory = "" });
        using var execution = compiled.CreateExecution();
        execution.Span(compiled.Input<float>("a")).Fill(1);
        execution.Span(compiled.Input<float>("b")).Fill(1);
        execution.Run();
    }
}
