using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Training;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>Adam's step alone, on one parameter of n elements whose gradient is an input.</summary>
internal sealed class AdamUpdate(string name, int n) : VectorWork(name, 28L * n)
{
    private const int CheckedSteps = 3;

    // Parameter and two moments are read and written, the gradient is read.
    public override long Footprint => 16L * n;

    public override Work Cached => new AdamUpdate(Name, 16 << 10);

    public override Graph Declare()
    {
        var graph = new Graph("adam");
        var p = graph.Parameter("p", [n], Init.Zeros);
        graph.Adam([p], [graph.Input("g", [n])]);
        return graph;
    }

    public override void Feed(Session session)
    {
        session.Fill("g", 2);
        session.FillVariable("p", 1);
    }

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        for (var i = 0; i < CheckedSteps; i++)
        {
            session.Execution.Run();
        }

        return [($"{Name}:check_squares", Inputs.SumOfSquares(session.Execution.Variables["p"].Read<float>()))];
    }
}
