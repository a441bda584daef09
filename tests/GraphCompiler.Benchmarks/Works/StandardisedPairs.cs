using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>
/// Broadcasts and reductions of all kinds in float64, with gradients: columns standardised, a kernel of distances between
/// rows and centres, its weighted mean over one axis and its log-sum-exp over another.
/// </summary>
internal sealed class StandardisedPairs(string name, int rows, int centres, int columns) : Work(name)
{
    public override Graph Declare()
    {
        var graph = new Graph("pairs");
        var x = graph.Input("x", DType.Float64, [rows, columns]);
        var (centre, weight) = (graph.Input("centre", DType.Float64, [centres, columns]), graph.Input("weight", DType.Float64, [rows, 1]));
        var z = (x - x.Mean([0], keepDims: true)) / (x.Variance([0], keepDims: true) + 1e-6).Sqrt();
        var difference = z.Reshape([rows, 1, columns]) - centre.Reshape([1, centres, columns]);
        var kernel = (-0.5 / columns * (difference * difference).Sum([2])).Exp();
        var loss = (kernel * weight).Mean([0]).Sum() + kernel.LogSumExp(1).Mean();
        graph.Output("loss", loss);
        var gradients = graph.Gradients(loss, x, centre, weight);
        graph.Output("dx", gradients[0]);
        graph.Output("dcentre", gradients[1]);
        graph.Output("dweight", gradients[2]);
        return graph;
    }

    public override void Feed(Session session)
    {
        foreach (var (input, seed) in new[] { ("x", 1u), ("centre", 2u), ("weight", 3u) })
        {
            var values = session.Execution.Span(session.Compiled.Input<double>(input));
            var common = new float[values.Length];
            Inputs.Fill(common, seed);
            for (var i = 0; i < common.Length; i++)
            {
                values[i] = 2 * common[i];
            }
        }
    }

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) => [($"{Name}:ms", seconds * 1e3)];

    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        session.Execution.Run();
        return [($"{Name}:check_loss", session.Execution.Scalar(session.Compiled.Output<double>("loss")))];
    }
}
