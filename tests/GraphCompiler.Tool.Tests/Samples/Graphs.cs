using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

namespace GraphCompiler.Tool.Tests.Samples;

/// <summary>Graphs that the tests look into; the first two are found in this assembly by the tool.</summary>
public static class Graphs
{
    /// <summary>One training step of a network with two hidden layers.</summary>
    [GraphDefinition(Name = "mlp")]
    public static void Mlp(Graph graph)
    {
        var batch = Dim.Symbol("batch", max: 128);
        var parameters = new List<Tensor>();
        var x = graph.Input("x", [batch, 784]);
        var y = graph.Input("y", [batch, 10]);
        var h1 = Dense(graph, parameters, "layer1", x, 256, seed: 1).Relu().Named("h1");
        var h2 = Dense(graph, parameters, "layer2", h1, 128, seed: 2).Relu().Named("h2");
        var guess = Dense(graph, parameters, "head", h2, 10, seed: 3).Named("guess");
        graph.Adam(graph.Output("loss", guess.MeanSquaredError(y)), [.. parameters]);
    }

    /// <summary>A neuron and its gradient: scalars.</summary>
    [GraphDefinition(Name = "neuron")]
    public static void Neuron(Graph graph)
    {
        var weight = graph.Input("weight", Shape.Scalar);
        var s = (weight * graph.Input("x", Shape.Scalar) + 1).Named("s");
        graph.Output("dw", graph.Gradients(graph.Output("y", s.Tanh()), weight)[0]);
    }

    /// <summary>A training step of many layers, in scopes or flat.</summary>
    public static Graph Deep(int layers, bool scopes)
    {
        var graph = new Graph("deep");
        var parameters = new List<Tensor>();
        var x = graph.Input("x", [32, 16]);
        var y = x;
        for (var layer = 0; layer < layers; layer++)
        {
            using var scope = scopes ? graph.Scope($"block{layer / 4}") : null;
            using var inner = scopes ? graph.Scope($"layer{layer % 4}") : null;
            var w = graph.Parameter(scopes ? "w" : $"w{layer}", [16, 16], Init.He(layer));
            var b = graph.Parameter(scopes ? "b" : $"b{layer}", [16], Init.Zeros);
            parameters.AddRange([w, b]);
            y = (y + (y.MatMul(w) + b).Tanh()).Named($"h{layer}");
        }

        graph.Sgd(graph.Output("loss", (y * y).Mean()), [.. parameters]);
        return graph;
    }

    /// <summary>A graph whose names try to be markup, code and control characters.</summary>
    public static Graph Hostile()
    {
        var graph = new Graph("</title><script>document.body.dataset.hacked='title'</script>{style}{data}");
        var x = graph.Input("</script><script>document.body.dataset.hacked='script'</script>", [8]);
        var y = (x * 2).Named("<img src=x onerror=\"document.body.dataset.hacked='img'\">");
        Tensor z;
        using (graph.Scope("\"><svg onload=document.body.dataset.hacked='svg'>"))
        {
            z = (y + x).Named("{data}{script}{style} \u202Egnp.exe \u0000\u001B[31m ' \" ` ${document.body.dataset.hacked='template'} \uD800");
        }

        graph.Output("]]>--><script>document.body.dataset.hacked='out'</script>", z.Exp().Sum());
        return graph;
    }

    private static Tensor Dense(Graph graph, List<Tensor> parameters, string name, Tensor x, int outputs, int seed)
    {
        using var scope = graph.Scope(name);
        var w = graph.Parameter("w", [x.Shape[1], outputs], Init.He(seed));
        var b = graph.Parameter("b", [outputs], Init.Zeros);
        parameters.AddRange([w, b]);
        return x.MatMul(w) + b;
    }
}
