using GraphCompiler;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;
using Mnist.Datasets;

namespace Mnist.Network;

/// <summary>784 pixels → 256 → 128 → 10 classes, with ReLU between: what training and evaluation share.</summary>
/// <param name="Images"><c>[batch, 784]</c>, pixels in [0, 1]: to be fed.</param>
/// <param name="Labels"><c>[batch]</c>, int32 in 0..9: to be fed.</param>
/// <param name="Logits"><c>[batch, 10]</c>: the larger, the likelier.</param>
/// <param name="Parameters">What training changes.</param>
internal sealed record Mlp(Tensor Images, Tensor Labels, Tensor Logits, Tensor[] Parameters)
{
    /// <summary>Adds the network to a graph.</summary>
    /// <param name="graph">Gains the inputs <c>images</c> and <c>labels</c> and three layers.</param>
    /// <param name="batch">The number of images of a run: a symbol, so that one compilation serves all.</param>
    /// <param name="seed">Decides the initial weights.</param>
    public static Mlp AddTo(Graph graph, Dim batch, long seed)
    {
        var parameters = new List<Tensor>();
        var images = graph.Input("images", [batch, Digits.Pixels]);
        var labels = graph.Input("labels", GraphCompiler.Runtime.DType.Int32, [batch]);
        var hidden1 = Dense("layer1", images, Digits.Pixels, 256).Relu().Named("hidden1");
        var hidden2 = Dense("layer2", hidden1, 256, 128).Relu().Named("hidden2");
        var logits = Dense("layer3", hidden2, 128, Digits.Classes).Named("logits");
        return new Mlp(images, labels, logits, [.. parameters]);

        Tensor Dense(string name, Tensor x, int inputs, int outputs)
        {
            using var scope = graph.Scope(name);
            var w = graph.Parameter("w", [inputs, outputs], Init.He(seed));
            var b = graph.Parameter("b", [outputs], Init.Zeros);
            parameters.AddRange([w, b]);
            return x.MatMul(w) + b;
        }
    }
}
