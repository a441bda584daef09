using GraphCompiler.Inspect;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Inspect;

/// <summary>Forward, backward and update, where the three are mixed.</summary>
public sealed class DirectionsTests
{
    private static Direction Of(Graph graph, Tensor tensor) => Directions.Of(graph)[tensor.Node.Id];

    [Test]
    public void Direction_OfAGradientsNorm_IsBackwardWhereItIsReturned()
    {
        var graph = new Graph("norm");
        var w = graph.Parameter("w", [3], Init.Zeros);
        var gradient = graph.Gradients((w * w).Sum(), w)[0];
        var norm = (gradient * gradient).Sum();
        graph.Output("norm", norm);
        Assert.That(Of(graph, norm), Is.EqualTo(Direction.Backward));
    }

    [Test]
    public void Direction_OfAClippedGradient_IsUpdateWhereOnlyThatNeedsIt()
    {
        var graph = new Graph("clip");
        var w = graph.Parameter("w", [3], Init.Zeros);
        var clipped = graph.Gradients((w * w).Sum(), w)[0].Tanh();
        graph.Update(w, w - clipped);
        Assert.That(Of(graph, clipped), Is.EqualTo(Direction.Update));
    }

    [Test]
    public void Direction_OfAPenaltyOnAGradient_IsForwardWhereItIsDifferentiated()
    {
        var graph = new Graph("penalty");
        var w = graph.Parameter("w", [3], Init.Zeros);
        var first = graph.Gradients((w * w * w).Sum(), w)[0];
        var penalty = (first * first).Named("penalty");
        var second = graph.Gradients(penalty.Sum(), w)[0];
        graph.Update(w, w - second);
        Assert.That(Of(graph, penalty), Is.EqualTo(Direction.Forward));
        Assert.That(Of(graph, second), Is.EqualTo(Direction.Backward));
    }

    [Test]
    public void Direction_OfRunningStatistics_IsUpdate()
    {
        var graph = new Graph("statistics");
        var x = graph.Input("x", [8]);
        var mean = graph.State("mean", DType.Float32, Shape.Scalar, Init.Zeros);
        var next = mean + ((x.Mean() - mean) * 0.1);
        graph.Update(mean, next);
        graph.Output("centred", x - mean);
        Assert.That(Of(graph, next), Is.EqualTo(Direction.Update));
        Assert.That(Of(graph, mean), Is.EqualTo(Direction.Forward));
    }

    [Test]
    public void Direction_OfAHessianVectorProduct_IsBackward()
    {
        var graph = new Graph("hvp");
        var x = graph.Input("x", [3]);
        var product = graph.Hvp((x * x * x).Sum(), [x], [graph.Input("v", [3])])[0];
        graph.Output("product", product);
        Assert.That(Of(graph, product), Is.EqualTo(Direction.Backward));
    }
}
