using GraphCompiler;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace NativeClassifier;

/// <summary>What Generated/ is made from: no part of the program itself.</summary>
internal static class DigitGraphs
{
    private const long Pixels = 784;
    private const float Momentum = 0.9f;

    /// <summary>One step of training: forward, backward, and the update of every parameter with momentum.</summary>
    [GraphDefinition(Name = "digits_train", ClassName = "DigitTrainer", Visibility = EmitVisibility.Internal)]
    public static void Train(Graph graph)
    {
        var batch = Dim.Symbol("batch", max: 64);
        var labels = graph.Input("labels", DType.Int32, [batch]);
        var rate = graph.Input("rate", Shape.Scalar);
        var (logits, parameters) = Network(graph, batch);
        var loss = graph.Output("loss", logits.CrossEntropy(labels).Mean());
        foreach (var (parameter, gradient) in parameters.Zip(graph.Gradients(loss, [.. parameters])))
        {
            var velocity = graph.State($"{parameter.Name}/velocity", parameter.DType, parameter.Shape, Init.Zeros);
            var next = (Momentum * velocity) + gradient;
            graph.Update(velocity, next);
            graph.Update(parameter, parameter - (rate * next));
        }
    }

    /// <summary>The same network, asked what it sees.</summary>
    [GraphDefinition(Name = "digits_classify", ClassName = "DigitClassifier", Visibility = EmitVisibility.Internal)]
    public static void Classify(Graph graph)
    {
        var (logits, _) = Network(graph, Dim.Symbol("batch", max: 500));
        graph.Output("logits", logits);
        graph.Output("digit", logits.ArgMax());
    }

    // 784 pixels → 256 → 128 → 10 classes, with ReLU between.
    private static (Tensor Logits, List<Tensor> Parameters) Network(Graph graph, Dim batch)
    {
        var parameters = new List<Tensor>();
        var images = graph.Input("images", [batch, Pixels]);
        var hidden1 = Dense("layer1", images, Pixels, 256).Relu().Named("hidden1");
        var hidden2 = Dense("layer2", hidden1, 256, 128).Relu().Named("hidden2");
        return (Dense("layer3", hidden2, 128, 10).Named("logits"), parameters);

        Tensor Dense(string name, Tensor x, long inputs, long outputs)
        {
            using var scope = graph.Scope(name);
            var w = graph.Parameter("w", [inputs, outputs], Init.He(seed: 1));
            var b = graph.Parameter("b", [outputs], Init.Zeros);
            parameters.AddRange([w, b]);
            return x.MatMul(w) + b;
        }
    }
}
