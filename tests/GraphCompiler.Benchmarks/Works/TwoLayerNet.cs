using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>A training step: two matrices, a sigmoid between, sum of squares, gradient descent; its loss is fetched.</summary>
internal sealed class TwoLayerNet(string name, int batch, int inputs, int hidden, int outputs) : Work(name)
{
    private const double Rate = 1e-4;
    private const int CheckedPasses = 20;

    public override Graph Declare()
    {
        var graph = new Graph("net");
        var (x, y) = (graph.Input("x", [batch, inputs]), graph.Input("y", [batch, outputs]));
        var w1 = graph.Parameter("w1", [inputs, hidden], Init.Zeros);
        var w2 = graph.Parameter("w2", [hidden, outputs], Init.Zeros);
        var difference = x.MatMul(w1).Sigmoid().MatMul(w2) - y;
        var loss = graph.Output("loss", (difference * difference).Sum());
        var gradients = graph.Gradients(loss, w1, w2);
        graph.Update(w1, w1 - (Rate * gradients[0]));
        graph.Update(w2, w2 - (Rate * gradients[1]));
        return graph;
    }

    public override void Feed(Session session)
    {
        session.Fill("x", 1, 2);
        session.Fill("y", 2, 2);
        session.FillVariable("w1", 3, 0.2f);
        session.FillVariable("w2", 4, 0.2f);
    }

    public override Action Call(Session session) => TrainingStep.Of(session);

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) => [($"{Name}:ms", seconds * 1e3)];

    public override IEnumerable<(string Metric, double Value)> Check(Session session) =>
        [($"{Name}:check_loss{CheckedPasses}", TrainingStep.LossOfPass(session, CheckedPasses))];
}
