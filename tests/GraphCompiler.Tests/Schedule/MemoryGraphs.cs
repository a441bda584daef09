using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Schedule;

/// <summary>Graphs whose memory is worth planning: training steps of some depth, batched products, values that live long.</summary>
internal static class MemoryGraphs
{
    public static IEnumerable<Graph> All =>
        [Mlp(64, 784, 512, 256, 10), Mlp(100, 300, 200, 150, 120, 90, 10), Attention(), Residual(), Tall()];

    private static Graph Mlp(int batch, params int[] sizes)
    {
        var graph = new Graph($"mlp {string.Join('-', sizes)}");
        var (x, labels) = (graph.Input("x", [batch, sizes[0]]), graph.Input("labels", DType.Int32, [batch]));
        var (h, parameters) = (x, new List<Tensor>());
        for (var i = 1; i < sizes.Length; i++)
        {
            var (w, b) = (graph.Parameter($"w{i}", [sizes[i - 1], sizes[i]], Init.He(i)), graph.Parameter($"b{i}", [sizes[i]], Init.Zeros));
            h = h.MatMul(w) + b;
            h = i < sizes.Length - 1 ? h.Relu() : h;
            parameters.AddRange([w, b]);
        }

        var loss = graph.Output("loss", h.CrossEntropy(labels).Mean());
        foreach (var (parameter, gradient) in parameters.Zip(graph.Gradients(loss, [.. parameters])))
        {
            graph.Update(parameter, parameter - (0.01 * gradient));
        }

        return graph;
    }

    private static Graph Attention()
    {
        var graph = new Graph("attention");
        var (q, k, v) = (graph.Input("q", [4, 96, 32]), graph.Input("k", [4, 96, 32]), graph.Input("v", [4, 96, 32]));
        var y = (q.MatMul(k.Transpose([0, 2, 1])) * 0.177).Softmax(-1).MatMul(v);
        var gradients = graph.Gradients((y * y).Sum(), q, k, v);
        graph.Output("dq", gradients[0]);
        graph.Output("dk", gradients[1]);
        graph.Output("dv", gradients[2]);
        return graph;
    }

    private static Graph Residual()
    {
        var graph = new Graph("residual");
        var x = graph.Input("x", [70, 130]);
        var h = x;
        for (var i = 0; i < 6; i++)
        {
            var w = graph.Parameter($"w{i}", [130, 130], Init.Glorot(seed: i));
            h += h.MatMul(w).Tanh();
        }

        graph.Output("dx", graph.Gradients((h * h).Mean(), x)[0]);
        return graph;
    }

    private static Graph Tall()
    {
        var graph = new Graph("tall");
        var x = graph.Input("x", [20_000, 6]);
        var z = (x - x.Mean([0], keepDims: true)) / (x.Variance([0], keepDims: true) + 1e-5).Sqrt();
        graph.Output("dx", graph.Gradients((z.Tanh() * z).Sum(), x)[0]);
        return graph;
    }
}
