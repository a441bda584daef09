using GraphCompiler;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

internal static class Mlp
{
    /// <summary>One training step of a network that reads digits.</summary>
    [GraphDefinition(Name = "mlp")]
    private static void Step(Graph graph)
    {
        var batch = Dim.Symbol("batch", max: 128);
        var x = graph.Input("x", [batch, 784]);
        var labels = graph.Input("labels", DType.Int32, [batch]);
        var parameters = new List<Tensor>();
        var hidden = Dense(graph, "hidden", x, 256, parameters).Relu().Named("h");
        var logits = Dense(graph, "head", hidden, 10, parameters).Named("logits");
        var loss = graph.Output("loss", logits.CrossEntropy(labels).Mean());
        graph.Sgd(loss, parameters, new SgdOptions { Momentum = 0.9 });
    }

    private static Tensor Dense(Graph graph, string name, Tensor x, int outputs, List<Tensor> parameters)
    {
        using var scope = graph.Scope(name);
        var w = graph.Parameter("w", [x.Shape[1], outputs], Init.He(seed: parameters.Count));
        var b = graph.Parameter("b", [outputs], Init.Zeros);
        parameters.AddRange([w, b]);
        return x.MatMul(w) + b;
    }
}
