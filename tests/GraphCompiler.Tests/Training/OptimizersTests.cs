using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.EndToEnd;
using GraphCompiler.Tests.Schedule;
using GraphCompiler.Training;

namespace GraphCompiler.Tests.Training;

/// <summary>Optimisers against their formulas, written once more as plain loops.</summary>
public sealed class OptimizersTests
{
    private const int Steps = 7;
    private const double Rate = 0.05;

    private static readonly double[] Start = [0.3, -1.2, 2.5, 1e-3, -4, 0.7, 0.1, 0.9, -0.6];

    [TestCase(DType.Float64, 1e-12)]
    [TestCase(DType.Float32, 2e-6)]
    public void Adam_SomeSteps_FollowTheFormula(DType type, double tolerance) =>
        AssertSteps(type, tolerance, (g, loss, p) => g.Adam(loss, [p], new AdamOptions { LearningRate = Rate }), AdamLoop(0, 0));

    [Test]
    public void Adam_WithDecay_AddsItToTheGradient() =>
        AssertSteps(DType.Float64, 1e-12, (g, loss, p) => g.Adam(loss, [p], new AdamOptions { LearningRate = Rate, WeightDecay = 0.1 }), AdamLoop(0.1, 0));

    [Test]
    public void Adam_WithDecoupledDecay_ShrinksTheParameter() =>
        AssertSteps(
            DType.Float64, 1e-12, (g, loss, p) => g.Adam(loss, [p], new AdamOptions { LearningRate = Rate, WeightDecay = 0.1, DecoupledWeightDecay = true }), AdamLoop(0, 0.1));

    [Test]
    public void Adam_WithARateThatIsATensor_UsesIt() =>
        AssertSteps(DType.Float64, 1e-12, static (g, loss, p) => g.Adam(loss, [p], rate: g.Constant(Rate, DType.Float64)), AdamLoop(0, 0));

    [Test]
    public void Adam_FirstStep_IsTheRateAgainstTheSign()
    {
        // Whatever the gradient: m/(1 − β₁) = g and √(v/(1 − β₂)) = |g|, which float32 only gives when the corrections are wider.
        var graph = new Graph();
        var p = graph.Parameter("p", [3], Init.Zeros);
        graph.Adam([p], [graph.Constant([1e-3, -5, 400], [3])], new AdamOptions { LearningRate = 0.25 });
        using var execution = EndToEnd.Steps.Start(graph);
        execution.Run();
        float[] expected = [-0.25f, 0.25f, -0.25f];
        Assert.That(execution.Variables["p"].Read<float>(), Is.EqualTo(expected).Within(3e-6));
    }

    [TestCase(0, false)]
    [TestCase(0.9, false)]
    [TestCase(0.9, true)]
    public void Sgd_SomeSteps_FollowTheFormula(double momentum, bool nesterov)
    {
        var u = new double[Start.Length];
        AssertSteps(
            DType.Float64, 1e-12,
            (g, loss, p) => g.Sgd(loss, [p], new SgdOptions { LearningRate = Rate, Momentum = momentum, Nesterov = nesterov, WeightDecay = 0.2 }),
            (_, i, p, gradient) =>
            {
                var g = gradient + (0.2 * p);
                u[i] = (momentum * u[i]) + g;
                return p - (Rate * (nesterov ? g + (momentum * u[i]) : u[i]));
            });
    }

    [Test]
    public void State_OfParametersInScopes_HasTheirNames()
    {
        var graph = new Graph();
        Tensor w;
        using (graph.Scope("layer"))
        {
            w = graph.Parameter("w", [2], Init.Zeros);
            graph.Adam((w * w).Sum(), [w]);
        }

        Assert.That(graph.Leaves.Keys, Is.EquivalentTo(new[] { "layer/w", "layer/w/m", "layer/w/v", "layer/adam/step" }));
        Assert.That(graph.Updates.Select(static u => u.Variable.Name), Is.EquivalentTo(graph.Leaves.Keys));
    }

    [Test]
    public void Adam_OfANetwork_UpdatesWeightsInTheKernelsOfTheirGradients()
    {
        var kernels = new Planned(Network(static (g, loss, p) => g.Adam(loss, p))).Kernels.Length;
        var plain = new Planned(Network(static (g, loss, p) => g.Sgd(loss, p))).Kernels.Length;
        Assert.That(kernels, Is.EqualTo(plain + 1), "one more, for what depends on the step count alone");
    }

    [Test]
    public void Adam_AlongGradientsDeclaredBefore_UpdatesWeightsInTheirKernelsToo()
    {
        var along = new Planned(Network(static (g, loss, p) => g.Adam(p, g.Gradients(loss, [.. p]))));
        var itself = new Planned(Network(static (g, loss, p) => g.Adam(loss, p)));
        Assert.That(along.Kernels, Has.Length.EqualTo(itself.Kernels.Length));
        Assert.That(along.Bytes, Is.EqualTo(itself.Bytes));
    }

    private static Graph Network(Action<Graph, Tensor, IReadOnlyList<Tensor>> optimizer)
    {
        var graph = new Graph();
        var (x, labels) = (graph.Input("x", [32, 48]), graph.Input("labels", DType.Int32, [32]));
        var (w1, b1) = (graph.Parameter("w1", [48, 24], Init.He(seed: 1)), graph.Parameter("b1", [24], Init.Zeros));
        var (w2, b2) = (graph.Parameter("w2", [24, 10], Init.He(seed: 2)), graph.Parameter("b2", [10], Init.Zeros));
        var logits = (x.MatMul(w1) + b1).Relu().MatMul(w2) + b2;
        optimizer(graph, graph.Output("loss", logits.CrossEntropy(labels).Mean()), [w1, b1, w2, b2]);
        return graph;
    }

    [Test]
    public void Nodes_OfAnOptimiser_HaveTheLineThatAskedForIt()
    {
        var graph = new Graph();
        var w = graph.Parameter("w", [2], Init.Zeros);
        var loss = (w * w).Sum();
        var before = graph.Nodes.Count;
        graph.Adam(loss, [w]);
        Assert.That(graph.Nodes.Skip(before).Select(static n => Path.GetFileName(n.Origins[0].File)), Is.All.EqualTo("OptimizersTests.cs"));
        Assert.That(graph.Nodes.Skip(before).Select(static n => n.Origins[0].Line).Distinct().ToArray(), Has.Length.EqualTo(1));
    }

    private static Func<int, int, double, double, double> AdamLoop(double decay, double decoupled)
    {
        var (m, v) = (new double[Start.Length], new double[Start.Length]);
        return (t, i, p, gradient) =>
        {
            var g = gradient + (decay * p);
            m[i] = (0.9 * m[i]) + ((1 - 0.9) * g);
            v[i] = (0.999 * v[i]) + ((1 - 0.999) * g * g);
            var root = Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8;
            return (p * (1 - (Rate * decoupled))) - (Rate * (m[i] / (1 - Math.Pow(0.9, t))) / root);
        };
    }

    /// <summary>Runs steps on the loss Σ p⁴/4, whose gradient is p³, and the loop beside them.</summary>
    private static void AssertSteps(DType type, double tolerance, Action<Graph, Tensor, Tensor> optimizer, Func<int, int, double, double, double> loop)
    {
        var graph = new Graph();
        var p = graph.Parameter("p", type, [Start.Length], Init.Values(Start));
        optimizer(graph, (p * p * p * p * 0.25).Sum(), p);
        using var execution = EndToEnd.Steps.Start(graph);
        var expected = Start.ToArray();
        for (var t = 1; t <= Steps; t++)
        {
            execution.Run();
            expected = [.. expected.Select((x, i) => loop(t, i, x, x * x * x))];
            var actual = type == DType.Float32
                ? Array.ConvertAll(execution.Variables["p"].Read<float>(), static x => (double)x) : execution.Variables["p"].Read<double>();
            Assert.That(actual, Is.EqualTo(expected).Within(tolerance), $"step {t}");
        }
    }
}
