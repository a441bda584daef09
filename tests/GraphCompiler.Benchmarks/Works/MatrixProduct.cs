using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>C = A·B, compiled for its shape; both operands are inputs.</summary>
/// <param name="name">The first part of its metrics.</param>
/// <param name="m">Rows of C.</param>
/// <param name="k">Length of the sums.</param>
/// <param name="n">Columns of C.</param>
/// <param name="layout">Whether A and B are stored transposed: NN, NT, TN, TT.</param>
/// <param name="batch">Products at once, or 0 for one product without a batch dimension.</param>
internal sealed class MatrixProduct(string name, int m, int k, int n, string layout = "NN", int batch = 0) : Work(name)
{
    public override Graph Declare()
    {
        var graph = new Graph("product");
        var a = Operand(graph, "a", layout[0], m, k);
        var b = Operand(graph, "b", layout[1], k, n);
        graph.Output("c", a.MatMul(b));
        return graph;
    }

    public override void Feed(Session session)
    {
        session.Fill("a", 1);
        session.Fill("b", 2);
    }

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) =>
        [($"{Name}:GFLOP/s", 2.0 * m * k * n * Math.Max(batch, 1) / seconds / 1e9)];

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        var c = session.Output("c");
        return
        [
            ($"{Name}:check_element", c[(m / 2 * n) + (n / 3)]),
            ($"{Name}:check_squares", Inputs.SumOfSquares(c)),
        ];
    }

    private Tensor Operand(Graph graph, string operand, char stored, int rows, int columns)
    {
        Dim[] matrix = stored == 'T' ? [columns, rows] : [rows, columns];
        var tensor = graph.Input(operand, batch == 0 ? [.. matrix] : [batch, .. matrix]);
        return stored != 'T' ? tensor : batch == 0 ? tensor.Transpose() : tensor.Transpose([0, 2, 1]);
    }
}
