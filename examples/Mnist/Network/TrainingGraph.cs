using GraphCompiler;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace Mnist.Network;

/// <summary>One step of training: forward, backward and the update of every parameter, as a single graph.</summary>
internal static class TrainingGraph
{
    private const float Momentum = 0.9f;

    /// <summary>Declares the step: gradient descent with momentum on the mean cross-entropy of a batch.</summary>
    /// <param name="batch">The number of images of a step.</param>
    /// <param name="seed">Decides the initial weights.</param>
    /// <returns>Inputs <c>images</c>, <c>labels</c> and the scalar <c>rate</c>; output <c>loss</c>.</returns>
    public static Graph Declare(Dim batch, long seed)
    {
        var graph = new Graph("mnist_train");
        var network = Mlp.AddTo(graph, batch, seed);
        var rate = graph.Input("rate", Shape.Scalar);
        var loss = network.Logits.CrossEntropy(network.Labels).Mean();
        graph.Output("loss", loss);

        var gradients = graph.Gradients(loss, network.Parameters);
        foreach (var (parameter, gradient) in network.Parameters.Zip(gradients))
        {
            var velocity = graph.State($"{parameter.Name}/velocity", parameter.DType, parameter.Shape, Init.Zeros);
            var next = Momentum * velocity + gradient;
            graph.Update(velocity, next);
            graph.Update(parameter, parameter - rate * next);
        }

        return graph;
    }
}
