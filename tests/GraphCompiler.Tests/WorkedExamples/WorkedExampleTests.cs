using GraphCompiler.Operators;

namespace GraphCompiler.Tests.WorkedExamples;

/// <summary>Examples that are worked by hand in courses on backpropagation, with the numbers that come out there.</summary>
public sealed class WorkedExampleTests
{
    [Test]
    public void ProductOfSum_HandWorked_HasItsGradients()
    {
        var e = new Example();
        var (x, y, z) = (e.Scalar("x", -2), e.Scalar("y", 5), e.Scalar("z", -4));
        var f = (x + y) * z;
        var d = e.Graph.Gradients(f, x, y, z);
        e.Expect("f", f, 0, -12);
        e.Expect("df_dx", d[0], 0, -4);
        e.Expect("df_dy", d[1], 0, -4);
        e.Expect("df_dz", d[2], 0, 3);
        e.Check();
    }

    [Test]
    public void LogisticNeuron_HandWorked_HasItsGradients()
    {
        var e = new Example();
        var (w0, w1, w2) = (e.Scalar("w0", 2), e.Scalar("w1", -3), e.Scalar("w2", -3));
        var (x0, x1) = (e.Scalar("x0", -1), e.Scalar("x1", -2));
        var f = 1 / (1 + (-((w0 * x0) + (w1 * x1) + w2)).Exp());
        var d = e.Graph.Gradients(f, w0, w1, w2, x0, x1);
        e.Expect("f", f, 5e-4, 0.731);
        e.Expect("df_dw0", d[0], 5e-4, -0.197);
        e.Expect("df_dw1", d[1], 5e-4, -0.393);
        e.Expect("df_dw2", d[2], 5e-4, 0.197);
        e.Expect("df_dx0", d[3], 5e-4, 0.393);
        e.Expect("df_dx1", d[4], 5e-4, -0.590);
        e.Check();
    }

    [Test]
    public void Relu_HandWorked_PassesWhereItWasPositive()
    {
        var e = new Example();
        var (x, dy) = (e.Input("x", 1, -2, 3, -1), e.Input("dy", 4, -1, 5, 9));
        var y = x.Relu();
        e.Expect("y", y, 0, 1, 0, 3, 0);
        e.Expect("dx", e.Graph.VectorJacobianProduct(y, dy, x)[0], 0, 4, 0, 5, 0);
        e.Check();
    }

    [Test]
    public void MatMul_HandWorked_HasBothGradients()
    {
        var e = new Example();
        var x = e.Input("x", [2, 3], 2, 1, -3, -3, 4, 2);
        var w = e.Input("w", [3, 4], 3, 2, 1, -1, 2, 1, 3, 2, 3, 2, 1, -2);
        var dy = e.Input("dy", [2, 4], 2, 3, -3, 9, -8, 1, 4, 6);
        var y = x.MatMul(w);
        var d = e.Graph.VectorJacobianProduct(y, dy, x, w);
        e.Expect("y", y, 0, -1, -1, 2, 6, 5, 2, 11, 7);
        e.Expect("dx", d[0], 0, 0, 16, -9, -24, 9, -30);
        e.Expect("dw", d[1], 0, 28, 3, -18, 0, -30, 7, 13, 33, -22, -7, 17, -15);
        e.Check();
    }

    [Test]
    public void TwoLayerNet_HandWorked_TakesOneStep()
    {
        var e = new Example();
        var w0 = e.Input("W0", [2, 2], 1, -3, 0.2, 1);
        var w1 = e.Input("W1", 1, -1);
        var x = e.Input("x", 1, 0.1);
        var target = e.Scalar("target", 0.5);
        var prediction = w1.MatMul(w0.MatMul(x).Tanh());
        var error = prediction - target;
        var d = e.Graph.Gradients(error * error * 0.5, w0, w1);
        e.Expect("prediction", prediction, 5e-4, 0.313);
        e.Expect("dL_dW0", d[0], 5e-4, -0.1186, -0.01186, 0.171, 0.0171);
        e.Expect("dL_dW1", d[1], 5e-4, -0.113, -0.054);
        e.Expect("new_W0", w0 - (d[0] * 0.2), 5e-3, 1.02, -3.0, 0.17, 1.0);
        e.Expect("new_W1", w1 - (d[1] * 0.2), 5e-3, 1.02, -0.989);
        e.Check();
    }

    [Test]
    public void SharedWeight_UsedTwice_ReceivesTheSum()
    {
        var e = new Example();
        var (w, a, b) = (e.Scalar("w", 3), e.Scalar("a", 5), e.Scalar("b", 7));
        var y = (w * a) + ((w * b) * w);
        e.Expect("dy_dw", e.Graph.Gradients(y, w)[0], 0, 5 + (2 * 7 * 3));
        e.Check();
    }

    [Test]
    public void Diamonds_FortyInAChain_HaveTheProductOfTheirSlopes()
    {
        var e = new Example();
        var x = e.Scalar("x", 1);
        var y = Diamonds(x, 40);
        e.Expect("dy_dx", e.Graph.Gradients(y, x)[0], 1e-9, Math.Pow(0.75, 40));
        e.Check();
    }

    [Test]
    public void Diamonds_MoreOfThem_CostTheSameEach()
    {
        int Count(int diamonds)
        {
            var graph = new Graph();
            var x = graph.Input("x", []);
            _ = graph.Gradients(Diamonds(x, diamonds), x);
            return graph.Nodes.Count;
        }

        Assert.That(Count(40) - Count(20), Is.EqualTo(Count(20) - Count(0)).Within(8));
    }

    private static Tensor Diamonds(Tensor x, int count)
    {
        for (var i = 0; i < count; i++)
        {
            x = (x * 0.5) + (x * 0.25);
        }

        return x;
    }
}
