using GraphCompiler;
using GraphCompiler.Operators;

namespace HelloGraph;

/// <summary>f = 1 / (1 + exp(−(w0·x0 + w1·x1 + w2))): a neuron with two inputs, built from scalars alone.</summary>
internal static class Neuron
{
    /// <summary>The graph: f and its five derivatives.</summary>
    public static Graph Declare()
    {
        var graph = new Graph("neuron");
        var w0 = graph.Input("w0", Shape.Scalar);
        var x0 = graph.Input("x0", Shape.Scalar);
        var w1 = graph.Input("w1", Shape.Scalar);
        var x1 = graph.Input("x1", Shape.Scalar);
        var w2 = graph.Input("w2", Shape.Scalar);

        var s = (w0 * x0 + w1 * x1 + w2).Named("s");
        var f = graph.Output("f", 1 / (1 + (-s).Exp()));

        Derivatives.AddTo(graph, f, w0, w1, w2, x0, x1);
        return graph;
    }

    /// <summary>Where it is evaluated.</summary>
    public static (string Input, float Value)[] Point => [("w0", 2), ("x0", -1), ("w1", -3), ("x1", -2), ("w2", -3)];
}
