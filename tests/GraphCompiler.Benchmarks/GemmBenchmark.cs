using System.Globalization;
using GraphCompiler.Operators;

namespace GraphCompiler.Benchmarks;

/// <summary>One matrix product C = A·B, compiled for its shape; both operands are inputs.</summary>
internal static class GemmBenchmark
{
    public static void Run(string product, string layout, int threads)
    {
        var size = product.Split('x').Select(static s => int.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        var (m, k, n) = (size[0], size[1], size[2]);
        var graph = new Graph("gemm");
        var a = graph.Input("a", layout[0] == 'T' ? [k, m] : [m, k]);
        var b = graph.Input("b", layout[1] == 'T' ? [n, k] : [k, n]);
        graph.Output("c", (layout[0] == 'T' ? a.Transpose() : a).MatMul(layout[1] == 'T' ? b.Transpose() : b));
        using var compiled = graph.Compile(new CompileOptions { Workers = threads });
        using var execution = compiled.CreateExecution();
        Inputs.Fill(execution.Span(compiled.Input<float>("a")), 1);
        Inputs.Fill(execution.Span(compiled.Input<float>("b")), 2);
        var seconds = Timing.Median(execution.Run);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gemm {product} {layout} threads {threads} GFLOP/s {2.0 * m * n * k / seconds / 1e9:F1}"));
    }
}
