using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>y = gelu(1.1·x + 0.3) of n elements, with the error function or with tanh.</summary>
internal sealed class Gelu(string name, int n, bool tanh) : VectorWork(name, 8L * n)
{
    public override Work Cached => new Gelu(Name, 32 << 10, tanh);

    public override Graph Declare()
    {
        var graph = new Graph("gelu");
        var x = (graph.Input("x", [n]) * 1.1) + 0.3;
        graph.Output("y", x.Gelu(approximate: tanh));
        return graph;
    }

    public override void Feed(Session session) => session.Fill("x", 1, 8);

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        return [($"{Name}:check_squares", Inputs.SumOfSquares(session.Output("y")))];
    }
}
