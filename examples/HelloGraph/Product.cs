using GraphCompiler;

namespace HelloGraph;

/// <summary>f = (x + y) · z at (−2, 5, −4): the smallest graph that has a chain rule.</summary>
internal static class Product
{
    /// <summary>The graph: f and its three derivatives.</summary>
    public static Graph Declare()
    {
        var graph = new Graph("product");
        var x = graph.Input("x", Shape.Scalar);
        var y = graph.Input("y", Shape.Scalar);
        var z = graph.Input("z", Shape.Scalar);

        var q = (x + y).Named("q");
        var f = graph.Output("f", q * z);

        Derivatives.AddTo(graph, f, x, y, z);
        return graph;
    }

    /// <summary>Where it is evaluated.</summary>
    public static (string Input, float Value)[] Point => [("x", -2), ("y", 5), ("z", -4)];
}
