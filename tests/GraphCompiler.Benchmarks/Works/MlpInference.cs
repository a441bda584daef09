using GraphCompiler.Benchmarks.Measuring;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>A multilayer perceptron forward; the weights are parameters, the result is an output.</summary>
internal sealed class MlpInference(string name, int[] sizes, int batch) : Work(name)
{
    public override Graph Declare()
    {
        var graph = new Graph("inference");
        graph.Output("y", Mlp.Declare(graph.Input("x", [batch, sizes[0]]), sizes).Logits);
        return graph;
    }

    public override void Feed(Session session)
    {
        session.Fill("x", 10, 2);
        Mlp.FillParameters(session, sizes);
    }

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) => [($"{Name}:ms", seconds * 1e3)];

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        return [($"{Name}:check_squares", Inputs.SumOfSquares(session.Output("y")))];
    }
}
