using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests;

/// <summary>Deep graphs neither overflow the stack nor take more than linear work.</summary>
public sealed class LongChainTests
{
    [Test]
    public void Chain_OfHundredThousandAdditions_IsBuiltAndDifferentiated()
    {
        var (graph, x, y) = Chain(100_000);
        var d = graph.Gradients(y, x)[0];
        var interpreter = new Interpreter();
        interpreter.Feed(x, new ReferenceArray(DType.Float32, [], [2]));
        Assert.That(interpreter.Evaluate(y).Data[0], Is.EqualTo(2 + 100_000));
        Assert.That(interpreter.Evaluate(d).Data[0], Is.EqualTo(1));
        Assert.That(graph.ToString(), Does.StartWith("graph graph ("));
    }

    [Test]
    public void Chain_OfTwiceTheLength_HasTwiceTheNodes()
    {
        int Nodes(int length)
        {
            var (graph, x, y) = Chain(length, static t => Tensor.Binary(new MultiplyOp(), t, t, Origin.None));
            _ = graph.Gradients(y, x);
            return graph.Nodes.Count;
        }

        var (a, b, c) = (Nodes(25_000), Nodes(50_000), Nodes(100_000));
        Assert.That(b - a, Is.EqualTo((c - b) / 2).Within(4));
    }

    private static (Graph Graph, Tensor X, Tensor Y) Chain(int length, Func<Tensor, Tensor>? step = null)
    {
        var graph = new Graph();
        var x = graph.Input("x", []);
        var one = graph.Constant(1);
        var y = x;
        for (var i = 0; i < length; i++)
        {
            y = step is null ? Tensor.Binary(new AddOp(), y, one, Origin.None) : step(y);
        }

        return (graph, x, y);
    }
}
