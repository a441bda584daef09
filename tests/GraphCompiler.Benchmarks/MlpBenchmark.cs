using System.Globalization;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Benchmarks;

/// <summary>A whole training step of a multilayer perceptron: forward, backward, momentum and update, its loss fetched.</summary>
internal static class MlpBenchmark
{
    public static void Run(string sizes, int batch, int threads, bool start)
    {
        var graph = Declare([.. sizes.Split('-').Select(static s => int.Parse(s, CultureInfo.InvariantCulture))], batch);
        if (start)
        {
            Start(graph);
        }

        using var compiled = graph.Compile(new CompileOptions { Workers = threads });
        using var execution = compiled.CreateExecution();
        Inputs.Fill(execution.Span(compiled.Input<float>("x")), 1);
        var labels = execution.Span(compiled.Input<int>("labels"));
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 10;
        }

        var loss = compiled.Output<float>("loss");
        var seconds = Timing.Median(() =>
        {
            execution.Run();
            _ = execution.Scalar(loss);
        });
        var bytes = compiled.Layout.TotalBytes(threads);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mlp {sizes} batch {batch} threads {threads} kernels {compiled.KernelCount} bytes {bytes} ms {seconds * 1e3:F4}"));
    }

    private static void Start(Graph graph)
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        for (var i = 0; i < 2; i++)
        {
            using var compiled = graph.Compile(new CompileOptions { CacheDirectory = folder });
            var how = compiled.WasCached ? "cached" : "compiled";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start {how} generate {compiled.Report.Generate.TotalMilliseconds:F1} roslyn {compiled.Report.Roslyn.TotalMilliseconds:F1} all ms {compiled.Report.Total.TotalMilliseconds:F1}"));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Graph Declare(int[] sizes, int batch)
    {
        var graph = new Graph("mlp");
        var x = graph.Input("x", [batch, sizes[0]]);
        var labels = graph.Input("labels", DType.Int32, [batch]);
        var (h, parameters) = (x, new List<Tensor>());
        for (var layer = 1; layer < sizes.Length; layer++)
        {
            var w = graph.Parameter($"w{layer}", [sizes[layer - 1], sizes[layer]], Init.He(layer));
            var b = graph.Parameter($"b{layer}", [sizes[layer]], Init.Zeros);
            h = h.MatMul(w) + b;
            h = layer < sizes.Length - 1 ? h.Relu() : h;
            parameters.AddRange([w, b]);
        }

        var loss = h.CrossEntropy(labels).Mean();
        graph.Output("loss", loss);
        var gradients = graph.Gradients(loss, [.. parameters]);
        for (var i = 0; i < parameters.Count; i++)
        {
            var velocity = graph.State($"{parameters[i].Name}/velocity", DType.Float32, parameters[i].Shape, Init.Zeros);
            var next = (0.9 * velocity) + gradients[i];
            graph.Update(velocity, next);
            graph.Update(parameters[i], parameters[i] - (0.01 * next));
        }

        return graph;
    }
}
