using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests;

public sealed class NamesTests
{
    private readonly Graph _graph = new("net");

    [Test]
    public void Scope_Nested_PrefixesNames()
    {
        using (_graph.Scope("encoder"))
        using (_graph.Scope("layer1"))
        {
            Assert.That(_graph.Parameter("w", [2], Init.Zeros).Name, Is.EqualTo("encoder/layer1/w"));
        }

        Assert.That(_graph.Input("x", [2]).Name, Is.EqualTo("x"));
    }

    [Test]
    public void Scope_Disposed_FreesNothingTwice()
    {
        var outer = _graph.Scope("outer");
        var inner = _graph.Scope("inner");
        inner.Dispose();
        inner.Dispose();
        Assert.That(_graph.Input("x", [2]).Name, Is.EqualTo("outer/x"));
        outer.Dispose();
    }

    [Test]
    public void Leaves_OfDifferentScopes_MayShareTheirLastName()
    {
        using (_graph.Scope("a"))
        {
            _graph.Input("x", [2]);
        }

        using (_graph.Scope("b"))
        {
            Assert.That(_graph.Input("x", [2]).Name, Is.EqualTo("b/x"));
        }
    }

    [Test]
    public void Named_Twice_ListsBothAndGoesByTheFirst()
    {
        var y = _graph.Input("x", [2]).Exp().Named("first").Named("second").Named("first");
        Assert.That(y.Names, Is.EqualTo(new[] { "first", "second" }));
        Assert.That(y.Name, Is.EqualTo("first"));
    }

    [Test]
    public void Unnamed_Tensor_GoesByItsNode()
    {
        var x = _graph.Input("x", [4]);
        Assert.That(x.Exp().Name, Is.EqualTo("%1"));
        Assert.That(x.TopK(2).Indices.Name, Is.EqualTo("%2.1"));
    }

    [Test]
    public void Update_OfAParameter_IsKeptInOrder()
    {
        var (a, b) = (_graph.Parameter("a", [], Init.Zeros), _graph.Parameter("b", [], Init.Zeros));
        _graph.Update(b, a);
        _graph.Update(a, b + 1);
        Assert.That(_graph.Updates.Select(static u => u.Variable.Name), Is.EqualTo(new[] { "b", "a" }));
    }

    [Test]
    public void ToString_OfASmallGraph_ListsNodesOutputsAndUpdates()
    {
        var x = _graph.Input("x", [Dim.Symbol("batch", 8), 3]);
        var w = _graph.Parameter("w", [3, 2], Init.Zeros);
        var y = _graph.Output("y", x.MatMul(w).Relu().Named("hidden"));
        y.TopK(1);
        _graph.Update(w, w * -0.0);

        Assert.That(_graph.ToString(), Is.EqualTo("""
            graph net (7 nodes)
              x: float32[batch, 3] = input()
              w: float32[3, 2] = parameter()
              %2: float32[batch, 2] = contract[[1] with [0]](x, w)
              hidden (y): float32[batch, 2] = relu(%2)
              %4.0: float32[batch, 1], %4.1: int32[batch, 1] = top_k[1](hidden)
              %5: float32[] = constant[-0]()
              %6: float32[3, 2] = multiply(w, %5)
              output y = hidden
              update w <- %6
            """.ReplaceLineEndings("\n") + "\n"));
    }
}
