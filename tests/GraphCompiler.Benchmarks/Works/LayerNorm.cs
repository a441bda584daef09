using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>Layer normalisation of each row, alone or with its gradients; results and gradients are outputs.</summary>
internal sealed class LayerNorm(string name, int rows, int columns, bool backward)
    : VectorWork(name, (backward ? 20L : 8L) * rows * columns)
{
    private const double Epsilon = 1e-5;

    // A fused kernel reads x and dy and writes y and dx: it does not read x again, as two kernels must.
    public override long MovedBytes => (backward ? 16L : 8L) * rows * columns;

    public override Work Cached => new LayerNorm(Name, 32, columns, backward);

    public override Graph Declare()
    {
        var graph = new Graph("layernorm");
        var x = graph.Input("x", [rows, columns]);
        var gamma = graph.Parameter("gamma", [columns], Init.Constant(1));
        var beta = graph.Parameter("beta", [columns], Init.Zeros);
        var y = graph.Output("y", x.LayerNorm(gamma, beta, Epsilon));
        if (backward)
        {
            var gradients = graph.VectorJacobianProduct(y, graph.Input("dy", [rows, columns]), x, gamma, beta);
            graph.Output("dx", gradients[0]);
            graph.Output("dgamma", gradients[1]);
            graph.Output("dbeta", gradients[2]);
        }

        return graph;
    }

    public override void Feed(Session session)
    {
        session.Fill("x", 1);
        session.FillVariable("gamma", 3, offset: 1);
        session.FillVariable("beta", 4);
        if (backward)
        {
            session.Fill("dy", 2);
        }
    }

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        return !backward
            ? [($"{Name}:check_squares", Squares("y"))]
            : [
                ($"{Name}:check_squares", Squares("dx")),
                ($"{Name}_gamma:check_squares", Squares("dgamma")),
                ($"{Name}_beta:check_squares", Squares("dbeta")),
            ];

        double Squares(string output) => Inputs.SumOfSquares(session.Output(output));
    }
}
