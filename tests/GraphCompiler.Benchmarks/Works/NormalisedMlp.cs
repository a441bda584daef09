using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>
/// A training step that no peer's driver has: layers of odd sizes, each with layer normalisation and GELU, softmax
/// cross-entropy, Adam.
/// </summary>
internal sealed class NormalisedMlp(string name, int[] sizes, int batch) : Work(name)
{
    public override Graph Declare()
    {
        var graph = new Graph("normalised mlp");
        var (x, labels) = (graph.Input("x", [batch, sizes[0]]), graph.Input("labels", DType.Int32, [batch]));
        var (h, parameters) = (x, new List<Tensor>());
        for (var layer = 1; layer < sizes.Length; layer++)
        {
            var w = graph.Parameter($"w{layer}", [sizes[layer - 1], sizes[layer]], Init.Glorot(seed: layer));
            var b = graph.Parameter($"b{layer}", [sizes[layer]], Init.Zeros);
            parameters.AddRange([w, b]);
            h = h.MatMul(w) + b;
            if (layer < sizes.Length - 1)
            {
                var (gamma, beta) = (graph.Parameter($"gamma{layer}", [sizes[layer]], Init.Constant(1)), graph.Parameter($"beta{layer}", [sizes[layer]], Init.Zeros));
                parameters.AddRange([gamma, beta]);
                h = h.LayerNorm(gamma, beta).Gelu();
            }
        }

        var loss = graph.Output("loss", h.CrossEntropy(labels).Mean());
        Updates.Declare(graph, Optimizer.Adam, loss, parameters);
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
    }

    public override Action Call(Session session) => TrainingStep.Of(session);

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) => [($"{Name}:ms", seconds * 1e3)];

    public override IEnumerable<(string Metric, double Value)> Check(Session session) =>
        [($"{Name}:check_loss6", TrainingStep.LossOfPass(session, 6))];
}
