using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>y = gelu(1.1·x + 0.3) of n elements, with the error function or with tanh.</summary>
internal sealed class Gelu(string name, int n, bool tanh) : VectorWork(name, 8L * n)
{
    public override Graph Declare()
    {
        var graph = new Graph("gelu");
        var x = (graph.Input("x", [n]) * 1.1) + 0.3;
        graph.Output("y", tanh ? Tanh(x) : Erf(x));
        return graph;
    }

    public override void Feed(Session session) => session.Fill("x", 1, 8);

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        return [($"{Name}:check_squares", Inputs.SumOfSquares(session.Output("y")))];
    }

    private static Tensor Tanh(Tensor x) =>
        0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + (0.044715 * (x * x * x)))).Tanh());

    // TEMPORARY: Abramowitz and Stegun 7.1.26.
    private static Tensor Erf(Tensor x)
    {
        var z = x * Math.Sqrt(0.5);
        var a = z.Abs();
        var t = 1 / (1 + (0.3275911 * a));
        var p = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        var erf = 1 - (p * (-(a * a)).Exp());
        var signed = Op.Select(z < x.Graph.Constant(0), -erf, erf);
        return 0.5 * x * (1 + signed);
    }
}
