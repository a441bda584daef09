using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>
/// A whole training step of a multilayer perceptron in one graph: forward, softmax cross-entropy, backward, update; its
/// loss is fetched.
/// </summary>
internal sealed class MlpTraining(string name, int[] sizes, int batch, Optimizer optimizer) : Work(name)
{
    public override Graph Declare()
    {
        var graph = new Graph("mlp");
        var x = graph.Input("x", [batch, sizes[0]]);
        var labels = graph.Input("labels", DType.Int32, [batch]);
        var (logits, parameters) = Mlp.Declare(x, sizes);
        var loss = graph.Output("loss", logits.CrossEntropy(labels).Mean());
        Updates.Declare(graph, optimizer, loss, parameters);
        return graph;
    }

    public override void Feed(Session session)
    {
        session.Fill("x", 10, 2);
        var labels = session.Execution.Span(session.Compiled.Input<int>("labels"));
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = 7 * i % sizes[^1];
        }

        Mlp.FillParameters(session, sizes);
    }

    public override Action Call(Session session) => TrainingStep.Of(session);

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) => [($"{Name}:ms", seconds * 1e3)];

    // Adam's first steps are large, and differences of rounding grow: a few passes say enough.
    public override IEnumerable<(string Metric, double Value)> Check(Session session)
    {
        var passes = optimizer == Optimizer.Adam ? 6 : 20;
        return [($"{Name}:check_loss{passes}", TrainingStep.LossOfPass(session, passes))];
    }
}
