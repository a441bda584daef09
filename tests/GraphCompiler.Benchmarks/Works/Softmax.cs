using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>Softmax of each row, alone or with its gradient; results and gradients are outputs.</summary>
internal sealed class Softmax(string name, int rows, int columns, bool backward)
    : VectorWork(name, (backward ? 20L : 8L) * rows * columns)
{
    // A fused kernel reads x and dy and writes y and dx: it does not read y again, as two kernels must.
    public override long MovedBytes => (backward ? 16L : 8L) * rows * columns;

    public override Work Cached => new Softmax(Name, 32, columns, backward);

    public override Graph Declare()
    {
        var graph = new Graph("softmax");
        var x = graph.Input("x", [rows, columns]);
        var y = graph.Output("y", x.Softmax());
        if (backward)
        {
            graph.Output("dx", graph.VectorJacobianProduct(y, graph.Input("dy", [rows, columns]), x)[0]);
        }

        return graph;
    }

    public override void Feed(Session session)
    {
        session.Fill("x", 1, 8);
        if (backward)
        {
            session.Fill("dy", 2);
        }
    }

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        return [($"{Name}:check_squares", Inputs.SumOfSquares(session.Output(backward ? "dx" : "y")))];
    }
}
