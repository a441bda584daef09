using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Host;

/// <summary>A product of a batch of 64 with a 4096 × 4096 matrix and both gradients: 64 MiB of weights, 64 MiB of gradient.</summary>
internal static class LargeProduct
{
    private const int Batch = 64;
    private const int Width = 4096;

    public static void Run()
    {
        var graph = new Graph("product");
        var x = graph.Input("x", [Batch, Width]);
        var w = graph.Parameter("w", [Width, Width], Init.Constant(0.25));
        var y = graph.Output("y", x.MatMul(w));
        var gradients = graph.Gradients((y * 0.5).Sum(), x, w);
        graph.Output("dx", gradients[0]);
        graph.Output("dw", gradients[1]);
        using var compiled = graph.Compile(new CompileOptions { CacheDirectory = "" });
        using var execution = compiled.CreateExecution();
        execution.Span(compiled.Input<float>(x)).Fill(0.5f);
        execution.Run();
        Console.WriteLine($"y={execution.Span(compiled.Output<float>("y"))[^1]}");
        Console.WriteLine($"dx={execution.Span(compiled.Output<float>("dx"))[^1]}");
        Console.WriteLine($"dw={execution.Span(compiled.Output<float>("dw"))[^1]}");
        foreach (var line in File.ReadLines("/proc/self/status").Where(static l => l.StartsWith("VmHWM", StringComparison.Ordinal)))
        {
            Console.WriteLine(line);
        }
    }
}
