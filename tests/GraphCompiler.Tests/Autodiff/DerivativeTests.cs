using System.Runtime.CompilerServices;
using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Autodiff;

public sealed class DerivativeTests
{
    private readonly Graph _graph = new();

    [Test]
    public void Jvp_OfAMap_IsTheJacobianTimesTheTangent()
    {
        var x = _graph.Input("x", DType.Float64, [2]);
        var v = _graph.Input("v", DType.Float64, [2]);
        var swapped = Op.Concatenate([x.Slice(0, 1, 1), x.Slice(0, 0, 1)], 0);
        var y = (x * swapped).Named("y");

        var t = _graph.Jvp(y, [x], [v]);

        Assert.That(Value(t, (x, [2, 3]), (v, [10, 1])), Is.EqualTo(new double[] { (10 * 3) + (2 * 1), (10 * 3) + (2 * 1) }));
        Assert.That(t.Name, Is.EqualTo("t_y"));
    }

    [Test]
    public void Jvp_WithSeveralInputs_AddsTheirContributions()
    {
        var (a, b) = (_graph.Input("a", DType.Float64, []), _graph.Input("b", DType.Float64, []));
        var (ta, tb) = (_graph.Input("ta", DType.Float64, []), _graph.Input("tb", DType.Float64, []));

        var t = _graph.Jvp(a * b, [a, b], [ta, tb]);

        Assert.That(Value(t, (a, [2]), (b, [3]), (ta, [5]), (tb, [7])), Is.EqualTo(new double[] { (5 * 3) + (2 * 7) }));
    }

    [Test]
    public void Jvp_WithRespectToItself_IsTheTangent()
    {
        var (x, v) = (_graph.Input("x", [3]), _graph.Input("v", [3]));
        Assert.That(_graph.Jvp(x, [x], [v]), Is.SameAs(v));
    }

    [Test]
    public void Jvp_OfWhatDoesNotDepend_IsZero()
    {
        var (x, y, v) = (_graph.Input("x", DType.Float64, [3]), _graph.Input("y", DType.Float64, [2]), _graph.Input("v", DType.Float64, [3]));
        Assert.That(Value(_graph.Jvp(y.Exp(), [x], [v])), Is.EqualTo(new double[] { 0, 0 }));
    }

    [Test]
    public void Jvp_OfANet_LeavesNoUpstreamReachable()
    {
        var (w, x, v) = (_graph.Input("w", [4, 3]), _graph.Input("x", [2, 4]), _graph.Input("v", [4, 3]));
        var y = x.MatMul(w).Tanh().Softmax().Max([1]);

        var t = _graph.Jvp(y, [w], [v]);

        Assert.That(Traversal.Ancestors([t]).Select(static n => n.Operator), Has.None.TypeOf<UpstreamOp>());
    }

    [Test]
    public void Jvp_TwiceOfTheSame_KeepsTheirUpstreamsApart()
    {
        var (x, v) = (_graph.Input("x", DType.Float64, []), _graph.Input("v", DType.Float64, []));
        var first = _graph.Jvp(x * x * x, [x], [v]);
        var second = _graph.Jvp(first, [x], [v]);
        Assert.That(Value(second, (x, [2]), (v, [1])), Is.EqualTo(new double[] { 12 }));
    }

    [Test]
    public void Hvp_OfAQuadraticForm_IsTheSymmetricMatrixTimesTheVector()
    {
        var (a, x, v) = (_graph.Input("a", DType.Float64, [2, 2]), _graph.Input("x", DType.Float64, [2]), _graph.Input("v", DType.Float64, [2]));

        var product = _graph.Hvp(x.MatMul(a).MatMul(x), [x], [v])[0];

        // (A + Aᵀ)·v with A = [[1, 2], [3, 4]]
        Assert.That(Value(product, (a, [1, 2, 3, 4]), (x, [9, 9]), (v, [1, 10])), Is.EqualTo(new double[] { 2 + 50, 5 + 80 }));
    }

    [Test]
    public void Hvp_OverTwoTensors_HasTheMixedDerivatives()
    {
        var (a, b) = (_graph.Input("a", DType.Float64, []), _graph.Input("b", DType.Float64, []));
        var (va, vb) = (_graph.Input("va", DType.Float64, []), _graph.Input("vb", DType.Float64, []));

        var products = _graph.Hvp(a * a * b, [a, b], [va, vb]);

        Assert.That(Value(products[0], (a, [2]), (b, [3]), (va, [5]), (vb, [7])), Is.EqualTo(new double[] { (2 * 3 * 5) + (2 * 2 * 7) }));
        Assert.That(Value(products[1], (a, [2]), (b, [3]), (va, [5]), (vb, [7])), Is.EqualTo(new double[] { 2 * 2 * 5 }));
    }

    [Test]
    public void Gradients_ThroughStopGradient_AreZero()
    {
        var x = _graph.Input("x", DType.Float64, []);
        var d = _graph.Gradients(x * x.StopGradient(), x)[0];
        Assert.That(Value(d, (x, [5])), Is.EqualTo(new double[] { 5 }));
    }

    [Test]
    public void Gradients_OfWhatDoesNotDepend_AreZerosOfItsType()
    {
        var (x, y) = (_graph.Input("x", DType.Float64, [2, 2]), _graph.Input("y", DType.Float64, []));
        var d = _graph.Gradients(y.Exp(), x)[0];
        Assert.That(d.Type, Is.EqualTo(x.Type));
        Assert.That(Value(d), Is.EqualTo(new double[4]));
    }

    [Test]
    public void Gradients_WithRespectToAnIntermediate_TreatItAsFree()
    {
        var x = _graph.Input("x", DType.Float64, []);
        var h = x * x;
        var d = _graph.Gradients(h * h * x, h)[0];
        Assert.That(Value(d, (x, [3])), Is.EqualTo(new double[] { 2 * 9 * 3 }));
    }

    [Test]
    public void Gradients_OfPowerOfZeroToZero_AreZero()
    {
        var (x, n) = (_graph.Input("x", DType.Float64, []), _graph.Input("n", DType.Float64, []));
        var d = _graph.Gradients(x.Pow(n), x)[0];
        Assert.That(Value(d, (x, [0]), (n, [0])), Is.EqualTo(new double[] { 0 }));
    }

    // x^n is a polynomial: from the derivative of order n + 1 on all are 0, at 0 too, where x^(−1) is not.
    [Test]
    public void Gradients_OfAConstantPower_EndInZero([Values(0, 1, 2, 3)] int exponent, [Values(0, -0.0, 2)] double at)
    {
        var x = _graph.Input("x", DType.Float64, []);
        var (derivative, factor) = (x.Pow(_graph.Constant(exponent, DType.Float64)), 1);
        for (var order = 0; order <= exponent + 3; order++)
        {
            var expected = order <= exponent ? factor * Math.Pow(at, exponent - order) : 0;
            Assert.That(Value(derivative, (x, [at])), Is.EqualTo(new[] { expected }), $"order {order}");
            derivative = _graph.Gradients(derivative, x)[0];
            factor *= exponent - order;
        }
    }

    // Of y = x^b: y_xx = b(b − 1)x^(b−2), y_xb = x^(b−1)(1 + b·ln x), y_bb = y·ln²x; at 0 their limits.
    [TestCase(2, 3, 12, 12.317766166719343, 3.843624111345611)]
    [TestCase(2, 0, 0, 0.5, 0.4804530139182014)]
    [TestCase(-0.0, 3, 0, 0, 0)]
    [TestCase(0, 2, 2, 0, 0)]
    public void Gradients_OfAPower_HaveTheSecondDerivatives(double at, double exponent, double xx, double xb, double bb)
    {
        var (x, b) = (_graph.Input("x", DType.Float64, []), _graph.Input("b", DType.Float64, []));
        var first = _graph.Gradients(x.Pow(b), x, b);
        var (ofX, ofB) = (_graph.Gradients(first[0], x, b), _graph.Gradients(first[1], x, b));
        Assert.Multiple(() =>
        {
            foreach (var (tensor, expected, name) in new[] { (ofX[0], xx, "xx"), (ofX[1], xb, "xb"), (ofB[0], xb, "bx"), (ofB[1], bb, "bb") })
            {
                Assert.That(Value(tensor, (x, [at]), (b, [exponent]))[0], Is.EqualTo(expected).Within(1e-12), name);
            }
        });
    }

    [Test]
    public void Gradients_OfThePowerZero_AreZeroToAnyOrder([Values(0, 1e-310, -0.0, double.NaN)] double at)
    {
        var (x, b) = (_graph.Input("x", DType.Float64, []), _graph.Input("b", DType.Float64, []));
        var derivative = x.Pow(b);
        for (var order = 1; order <= 3; order++)
        {
            derivative = _graph.Gradients(derivative, x)[0];
            Assert.That(Value(derivative, (x, [at]), (b, [0])), Is.EqualTo(new double[] { 0 }), $"order {order}");
        }
    }

    [Test]
    public void Gradients_OfNamedTensors_AreNamedAfterThem()
    {
        Tensor w;
        using (_graph.Scope("layer1"))
        {
            w = _graph.Input("w", [3]);
        }

        var x = _graph.Input("x", [3]);
        var loss = (w * x).Exp().Sum().Named("loss");
        var d = _graph.Gradients(loss, w, x);

        Assert.That(d.Select(static t => t.Name), Is.EqualTo(new[] { "layer1/d_w", "d_x" }));
    }

    [Test]
    public void Gradients_WhereAConditionUsesTheTensorFirst_AreNamedStill()
    {
        var x = _graph.Input("x", [3]);
        var positive = x > _graph.Constant(0);
        _ = _graph.Gradients(positive.Select(x * x, x).Sum(), x);
        Assert.That(_graph.Nodes.SelectMany(static n => n.Results).SelectMany(static r => r.Names), Has.Member("d_x"));
    }

    [Test]
    public void Gradients_TheirNodes_OriginateInTheLineThatAskedForThem()
    {
        var (x, w) = (_graph.Input("x", [2, 3]), _graph.Input("w", [3, 4]));
        var loss = (x.MatMul(w).Softmax() * 2).Mean();
        var before = _graph.Nodes.Count;
        _ = _graph.Gradients(loss, w, x); var line = Line();
        _ = _graph.Hvp(loss, [w], [w]); var second = Line();

        var origins = _graph.Nodes.Skip(before).SelectMany(static n => n.Origins).ToArray();
        Assert.That(origins.Select(static o => Path.GetFileName(o.File)), Has.All.EqualTo("DerivativeTests.cs"));
        Assert.That(origins.Select(static o => o.Line), Has.All.EqualTo(line).Or.EqualTo(second));
        Assert.That(x.Exp().Node.Origins[0].Line, Is.EqualTo(Line()), "the user's own line again");
    }

    // The rule: a gradient costs at most five times its function.
    [Test]
    public void Gradients_OfANet_CostAtMostFiveTimesTheFunction()
    {
        var (x, w0, w1) = (_graph.Input("x", [8, 16]), _graph.Input("w0", [16, 32]), _graph.Input("w1", [32, 4]));
        var labels = _graph.Input("labels", DType.Int32, [8]);
        var loss = x.MatMul(w0).Tanh().MatMul(w1).CrossEntropy(labels).Mean();
        var function = Flops(loss);
        Assert.That(Flops([loss, .. _graph.Gradients(loss, w0, w1, x)]), Is.LessThanOrEqualTo(5 * function));
    }

    // And a Hessian-vector product at most ten times.
    [Test]
    public void Hvp_OfANet_CostsAtMostTenTimesTheFunction()
    {
        var (x, w0, w1) = (_graph.Input("x", [8, 16]), _graph.Input("w0", [16, 32]), _graph.Input("w1", [32, 4]));
        var (v0, v1) = (_graph.Input("v0", [16, 32]), _graph.Input("v1", [32, 4]));
        var labels = _graph.Input("labels", DType.Int32, [8]);
        var loss = x.MatMul(w0).Tanh().MatMul(w1).CrossEntropy(labels).Mean();
        var function = Flops(loss);
        Assert.That(Flops([.. _graph.Hvp(loss, [w0, w1], [v0, v1])]), Is.LessThanOrEqualTo(10 * function));
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static long Flops(params Tensor[] roots) =>
        Traversal.Ancestors(roots).Sum(static n => n.Operator.Cost(n).Flops.Factor);

    private static double[] Value(Tensor tensor, params (Tensor Leaf, double[] Values)[] feeds)
    {
        var interpreter = new Interpreter();
        foreach (var (leaf, values) in feeds)
        {
            interpreter.Feed(leaf, new ReferenceArray(leaf.DType, leaf.Shape.Evaluate(static _ => 0), values));
        }

        return interpreter.Evaluate(tensor).Data;
    }
}
