using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// Symbolic derivatives are the derivatives: reverse mode, forward mode and second order against finite differences in float64,
/// within rtol 10⁻⁶ and atol 10⁻⁸. The function is that of the sample, so its views and symbolic extents are differentiated too.
/// </summary>
public sealed class GradientLaw
{
    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void VectorJacobianProduct_SmoothSample_IsFiniteDifferences(string name) => ForEachSmooth(name, static (f, at) =>
    {
        var upstream = f.Scope.Graph.Input("upstream", DType.Float64, f.Y.Shape);
        var gradients = f.Scope.Graph.VectorJacobianProduct(f.Y, upstream, f.Leaves);
        var weights = f.Random(f.Y, 7);
        for (var leaf = 0; leaf < f.Leaves.Length; leaf++)
        {
            var actual = f.Evaluate(gradients[leaf], (upstream, weights)).Data;
            for (var i = 0; i < actual.Length; i++)
            {
                var expected = FiniteDifferences.Derivative(t => [SampleFunction.Dot(f.Evaluate(f.Y, f.Moved(leaf, i, t)), weights)])[0];
                Close(actual[i], expected, $"{at}, ∂/∂x{leaf}[{i}]");
            }
        }
    });

    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Jvp_SmoothSample_IsFiniteDifferences(string name) => ForEachSmooth(name, static (f, at) =>
    {
        var (tangents, directions) = f.Directions();
        var actual = f.Evaluate(f.Scope.Graph.Jvp(f.Y, f.Leaves, tangents), [.. tangents.Zip(directions)]).Data;
        var expected = FiniteDifferences.Derivative(t => f.Evaluate(f.Y, f.Moved(directions, t)).Data);
        for (var i = 0; i < actual.Length; i++)
        {
            Close(actual[i], expected[i], $"{at}, y[{i}]");
        }
    });

    // The loss is Σ w·(y + y²/2), so that the Hessian of a linear operator is not zero throughout.
    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Hvp_SmoothSample_IsFiniteDifferencesOfTheGradient(string name) => ForEachSmooth(name, static (f, at) =>
    {
        var graph = f.Scope.Graph;
        var (tangents, directions) = f.Directions();
        var weights = graph.Input("weights", DType.Float64, f.Y.Shape);
        var loss = (weights * (f.Y + (f.Y * f.Y * 0.5))).Sum();
        (Tensor, ReferenceArray) feed = (weights, f.Random(f.Y, 7));
        var gradients = graph.Gradients(loss, f.Leaves);
        var products = graph.Hvp(loss, f.Leaves, tangents);
        for (var leaf = 0; leaf < f.Leaves.Length; leaf++)
        {
            var actual = f.Evaluate(products[leaf], [feed, .. tangents.Zip(directions)]).Data;
            var expected = FiniteDifferences.Derivative(t => f.Evaluate(gradients[leaf], [feed, .. f.Moved(directions, t)]).Data);
            for (var i = 0; i < actual.Length; i++)
            {
                Close(actual[i], expected[i], $"{at}, x{leaf}[{i}]");
            }
        }
    });

    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void VectorJacobianProduct_AnyFloatingSample_HasTheTypesOfTheInputsAndEvaluates(string name)
    {
        foreach (var sample in OperatorSamples.Named(name).Samples.Where(static s => s.Type.IsFloating()))
        {
            var scope = new SampleScope(sample);
            var y = scope.Results[0].Tensor;
            var leaves = scope.Leaves.Where(static l => l.DType.IsFloating()).ToArray();
            if (!y.DType.IsFloating() || !Reaches(y, leaves))
            {
                continue;
            }

            var upstream = scope.Graph.Splat(1, y.DType, y.Shape, Origin.None);
            var gradients = scope.Graph.VectorJacobianProduct(y, upstream, leaves);
            for (var i = 0; i < leaves.Length; i++)
            {
                Assert.That(gradients[i].Type, Is.EqualTo(leaves[i].Type), $"{sample}, x{i}");
                foreach (var n in sample.Runs)
                {
                    Assert.That(scope.Run(n).Evaluate(gradients[i]).Data, Has.None.EqualTo(12345.678), $"{sample}, n = {n}");
                }
            }
        }
    }

    private static bool Reaches(Tensor y, Tensor[] leaves) => Traversal.Ancestors([y]).Any(n => leaves.Any(l => ReferenceEquals(l.Node, n)));

    private static void Close(double actual, double expected, string at) =>
        Assert.That(FiniteDifferences.IsClose(actual, expected), $"{at}: {actual:R} instead of {expected:R}");

    private static void ForEachSmooth(string name, Action<SampleFunction, string> law)
    {
        foreach (var sample in OperatorSamples.Named(name).Samples.Where(static s => s.Smooth && s.Type == DType.Float64))
        {
            foreach (var n in sample.Runs)
            {
                law(new SampleFunction(sample, n), $"{sample}, n = {n}");
            }
        }
    }
}
