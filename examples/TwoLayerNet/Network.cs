using GraphCompiler;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace TwoLayerNet;

/// <summary>The network and its training step, compiled.</summary>
internal static class Network
{
    /// <summary>Declares one step of gradient descent on Σ (sigmoid(x·w1)·w2 − y)².</summary>
    public static Graph Declare(Problem problem)
    {
        var graph = new Graph("two_layer_net");
        var x = graph.Input("x", [Problem.N, Problem.In]);
        var y = graph.Input("y", [Problem.N, Problem.Out]);
        var w1 = graph.Parameter("w1", [Problem.In, Problem.Hidden], Init.Values(problem.W1));
        var w2 = graph.Parameter("w2", [Problem.Hidden, Problem.Out], Init.Values(problem.W2));

        var h = x.MatMul(w1).Sigmoid().Named("h");
        var difference = (h.MatMul(w2) - y).Named("difference");
        var loss = graph.Output("loss", (difference * difference).Sum());

        if (graph.Gradients(loss, w1, w2) is [var dw1, var dw2])
        {
            graph.Update(w1, w1 - Problem.Rate * dw1);
            graph.Update(w2, w2 - Problem.Rate * dw2);
        }

        return graph;
    }

    /// <summary>Trains, and yields the loss that each step began with.</summary>
    /// <param name="problem">Data and initial weights.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="threads">Threads that compute; the losses do not depend on it.</param>
    public static IEnumerable<double> Train(Problem problem, int steps, int threads)
    {
        using var compiled = Declare(problem).Compile(new CompileOptions { Workers = threads });
        using var variables = new Variables();
        using var step = compiled.CreateExecution(variables);
        var loss = compiled.Output<float>("loss");
        step.Feed(compiled.Input<float>("x"), problem.X); // fed once: inputs stay until something else is fed
        step.Feed(compiled.Input<float>("y"), problem.Y);
        for (var i = 0; i < steps; i++)
        {
            step.Run();
            yield return step.Scalar(loss);
        }
    }
}
