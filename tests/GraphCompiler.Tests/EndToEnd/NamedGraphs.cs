using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Six graphs that everybody writes: what they become is asserted, figure by figure.</summary>
internal static class NamedGraphs
{
    public const long MaxBatch = 64;

    public static IEnumerable<Graph> All => [Mlp(), Mlp(momentum: true), SoftmaxCrossEntropy(), Normalisation(), SigmoidNet(), Logistic()];

    /// <summary>Three layers, ReLU, softmax cross-entropy, one step of gradient descent.</summary>
    public static Graph Mlp(bool momentum = false)
    {
        var graph = new Graph(momentum ? "mlp momentum" : "mlp");
        var batch = Dim.Symbol("batch", MaxBatch);
        var (x, labels) = (graph.Input("x", [batch, 48]), graph.Input("labels", DType.Int32, [batch]));
        (long In, long Out)[] layers = [(48, 32), (32, 24), (24, 10)];
        var (h, parameters) = (x, new List<Tensor>());
        for (var i = 0; i < layers.Length; i++)
        {
            using var scope = graph.Scope($"layer{i}");
            var w = graph.Parameter("w", [layers[i].In, layers[i].Out], Init.He(seed: i));
            var b = graph.Parameter("b", [layers[i].Out], Init.Zeros);
            parameters.AddRange([w, b]);
            h = h.MatMul(w) + b;
            h = i < layers.Length - 1 ? h.Relu() : h;
        }

        var loss = graph.Output("loss", h.CrossEntropy(labels).Mean());
        var gradients = graph.Gradients(loss, [.. parameters]);
        foreach (var (parameter, gradient) in parameters.Zip(gradients))
        {
            var step = gradient;
            if (momentum)
            {
                var velocity = graph.State($"{parameter.Name}/velocity", DType.Float32, parameter.Shape, Init.Zeros);
                step = (velocity * 0.9) + gradient;
                graph.Update(velocity, step);
            }

            graph.Update(parameter, parameter - (step * 0.05));
        }

        return graph;
    }

    public static Graph SoftmaxCrossEntropy()
    {
        var graph = new Graph("softmax cross-entropy");
        var batch = Dim.Symbol("batch", MaxBatch);
        var (logits, labels) = (graph.Input("logits", [batch, 100]), graph.Input("labels", DType.Int32, [batch]));
        var loss = graph.Output("loss", logits.CrossEntropy(labels).Mean());
        graph.Output("gradient", graph.Gradients(loss, logits)[0]);
        return graph;
    }

    public static Graph Normalisation()
    {
        var graph = new Graph("normalisation");
        var batch = Dim.Symbol("batch", MaxBatch);
        var x = graph.Input("x", [batch, 100]);
        var (scale, shift) = (graph.Parameter("scale", [100], Init.Constant(1)), graph.Parameter("shift", [100], Init.Zeros));
        var (mean, variance) = (x.Mean([1], keepDims: true), x.Variance([1], keepDims: true));
        graph.Output("y", ((x - mean) / (variance + 1e-5).Sqrt() * scale) + shift);
        return graph;
    }

    /// <summary>The classic: sigmoid, squared error, gradient descent.</summary>
    public static Graph SigmoidNet()
    {
        var graph = new Graph("sigmoid net");
        var batch = Dim.Symbol("batch", MaxBatch);
        var (x, target) = (graph.Input("x", [batch, 30]), graph.Input("target", [batch, 10]));
        var (w1, b1) = (graph.Parameter("w1", [30, 20], Init.Glorot(seed: 1)), graph.Parameter("b1", [20], Init.Zeros));
        var (w2, b2) = (graph.Parameter("w2", [20, 10], Init.Glorot(seed: 2)), graph.Parameter("b2", [10], Init.Zeros));
        var y = (((x.MatMul(w1) + b1).Sigmoid().MatMul(w2)) + b2).Sigmoid();
        var loss = graph.Output("loss", y.MeanSquaredError(target));
        Tensor[] parameters = [w1, b1, w2, b2];
        foreach (var (parameter, gradient) in parameters.Zip(graph.Gradients(loss, parameters)))
        {
            graph.Update(parameter, parameter - (gradient * 0.5));
        }

        return graph;
    }

    /// <summary>Logistic regression of one example with two features, as a slide has it.</summary>
    public static Graph Logistic()
    {
        var graph = new Graph("logistic");
        var (x1, x2, y) = (graph.Input("x1", []), graph.Input("x2", []), graph.Input("y", []));
        var (w1, w2, b) = (graph.Parameter("w1", [], Init.Constant(0.1)), graph.Parameter("w2", [], Init.Constant(-0.2)), graph.Parameter("b", [], Init.Zeros));
        var z = ((w1 * x1) + (w2 * x2) + b).Named("z");
        var p = z.Sigmoid().Named("p");
        var loss = graph.Output("loss", -((y * p.Log()) + ((1 - y) * (1 - p).Log())));
        Tensor[] parameters = [w1, w2, b];
        foreach (var (parameter, gradient) in parameters.Zip(graph.Gradients(loss, parameters)))
        {
            graph.Update(parameter, parameter - (gradient * 0.1));
        }

        return graph;
    }
}
