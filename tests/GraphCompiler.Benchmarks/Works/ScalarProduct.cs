using GraphCompiler.Benchmarks.Measuring;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>f = (x + y)·z on scalars and its gradients: inputs are written, the graph runs, all results are read.</summary>
internal sealed class ScalarProduct(string name) : Work(name)
{
    private static readonly string[] Results = ["f", "dx", "dy", "dz"];
    private static readonly (string Name, float Value)[] Operands = [("x", -2), ("y", 5), ("z", -4)];

    public override Graph Declare()
    {
        var graph = new Graph("tiny");
        var (x, y, z) = (graph.Input("x", Shape.Scalar), graph.Input("y", Shape.Scalar), graph.Input("z", Shape.Scalar));
        var f = graph.Output("f", (x + y) * z);
        foreach (var (result, gradient) in Results.Skip(1).Zip(graph.Gradients(f, x, y, z)))
        {
            graph.Output(result, gradient);
        }

        return graph;
    }

    public override void Feed(Session session)
    {
        foreach (var (input, value) in Operands)
        {
            session.Execution.Feed(input, value);
        }
    }

    public override Action Call(Session session)
    {
        var (execution, compiled) = (session.Execution, session.Compiled);
        var (x, y, z) = (compiled.Input<float>("x"), compiled.Input<float>("y"), compiled.Input<float>("z"));
        var (f, dx) = (compiled.Output<float>("f"), compiled.Output<float>("dx"));
        var (dy, dz) = (compiled.Output<float>("dy"), compiled.Output<float>("dz"));
        var sum = 0f;
        return () =>
        {
            execution.Span(x)[0] = -2;
            execution.Span(y)[0] = 5;
            execution.Span(z)[0] = -4;
            execution.Run();
            sum += execution.Span(f)[0] + execution.Span(dx)[0] + execution.Span(dy)[0] + execution.Span(dz)[0];
        };
    }

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) => [($"{Name}:us", seconds * 1e6)];

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        return [.. Results.Select(result => ($"{Name[..Name.IndexOf('_')]}_{result}:check", (double)session.Output(result)[0]))];
    }
}
