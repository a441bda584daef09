using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Autodiff;

public sealed class RowSumsTests
{
    private readonly Graph _graph = new();

    [Test]
    public void Gradient_OfANormalisation_SumsNoProductWithAValueOfTheRow()
    {
        var (x, dy) = (_graph.Input("x", [5, 7]), _graph.Input("dy", [5, 7]));
        var dx = _graph.VectorJacobianProduct(x.LayerNorm(), dy, x)[0];

        // Σ x, Σ (x−μ)², Σ dy·(x−μ), Σ dy, Σ (x−μ): none waits for 1/σ.
        var sums = Traversal.Ancestors([dx]).Where(static n => n.Operator is SumOp).ToList();
        Assert.That(sums, Has.Count.EqualTo(5));
        foreach (var sum in sums)
        {
            Assert.That(Traversal.Ancestors([sum.Results[0]]).Select(static n => n.Operator), Has.None.TypeOf<SqrtOp>());
        }
    }

    [Test]
    public void Gradient_WithTermsOfBothSigns_IsTheSum()
    {
        var (x, r) = (_graph.Input("x", DType.Float64, [2, 3]), _graph.Input("r", DType.Float64, [2, 1]));
        var (a, b) = (r.Exp(), r.Log());
        // Its gradient with respect to c is Σ −(x·a − x²·b) over a row.
        var c = _graph.Input("c", DType.Float64, [2, 1]);
        var upstream = (x * a) - ((x * x) * b);
        var d = _graph.VectorJacobianProduct(x - c, upstream, c)[0];

        Assert.That(Products(d), Is.EqualTo(new[] { 1, 1 }), "x² is summed, and x; each is multiplied once a row");
        double[] xs = [1, 2, 3, 4, 5, 6], rs = [1, 2];
        double[] expected = [.. rs.Select((s, i) => -xs.Skip(3 * i).Take(3).Sum(v => (v * Math.Exp(s)) - (v * v * Math.Log(s))))];
        Assert.That(Value(d, (x, xs), (r, rs), (c, [0, 0])), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Gradient_WithABroadcastFactor_TakesItOut()
    {
        var (x, r, c) = (_graph.Input("x", DType.Float64, [2, 3]), _graph.Input("r", DType.Float64, [2]), _graph.Input("c", DType.Float64, [2, 1]));
        var upstream = x * r.Exp().Reshape([2, 1]).Broadcast([2, 3]);
        var d = _graph.VectorJacobianProduct(x - c, upstream, c)[0];

        Assert.That(Products(d), Is.EqualTo(new[] { 1 }));
        Assert.That(Value(d, (x, [1, 2, 3, 4, 5, 6]), (r, [0, 1]), (c, [0, 0])), Is.EqualTo(new[] { -6, -15 * Math.E }).Within(1e-12));
    }

    [Test]
    public void Gradient_OfTermsWithoutAFactorOfTheRow_IsSummedAsItIs()
    {
        var (x, r, c) = (_graph.Input("x", [2, 3]), _graph.Input("r", [2, 1]), _graph.Input("c", [2, 1]));
        var (leaf, column) = (x * r, x * _graph.Input("s", [1, 3]).Exp());
        foreach (var upstream in new[] { leaf, column, (x * r.Exp()) + x })
        {
            Assert.That(Products(_graph.VectorJacobianProduct(x - c, upstream, c)[0]), Is.Empty);
        }
    }

    [Test]
    public void Gradient_OverRowsThatMayBeEmpty_IsSummedAsItIs()
    {
        Shape shape = [2, Dim.Symbol("n", 8)];
        var (x, r, c) = (_graph.Input("x", shape), _graph.Input("r", [2, 1]), _graph.Input("c", [2, 1]));

        // 0, not 0·∞, where there is nothing to sum.
        Assert.That(Products(_graph.VectorJacobianProduct(x - c, x * r.Exp(), c)[0]), Is.Empty);
    }

    // Ranks of products of sums: what is left to do once a row.
    private static int[] Products(Tensor gradient) =>
        [.. Traversal.Ancestors([gradient]).Where(static n => n.Operator is MultiplyOp && n.Inputs.Any(static i => i.Node.Operator is SumOp)).Select(static n => n.Results[0].Rank)];

    private static double[] Value(Tensor y, params (Tensor Leaf, double[] Values)[] feeds)
    {
        var interpreter = new Interpreter();
        foreach (var (leaf, values) in feeds)
        {
            interpreter.Feed(leaf, new ReferenceArray(leaf.DType, leaf.Shape.Evaluate(static _ => 0), values));
        }

        return interpreter.Evaluate(y).Data;
    }
}
