using GraphCompiler;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace Mnist.Network;

/// <summary>The same network, asked how many images of a batch it recognises.</summary>
internal static class EvaluationGraph
{
    /// <summary>Declares the evaluation. It shares parameters with the training step by their names.</summary>
    /// <param name="batch">The number of images of a run.</param>
    /// <param name="seed">As for training.</param>
    /// <returns>Inputs <c>images</c> and <c>labels</c>; output <c>correct</c>, a number of images.</returns>
    public static Graph Declare(Dim batch, long seed)
    {
        var graph = new Graph("mnist_evaluate");
        var network = Mlp.AddTo(graph, batch, seed);
        var prediction = network.Logits.ArgMax().Named("prediction");
        var correct = prediction.EqualTo(network.Labels).Cast(DType.Float32).Sum();
        graph.Output("correct", correct);
        return graph;
    }
}
