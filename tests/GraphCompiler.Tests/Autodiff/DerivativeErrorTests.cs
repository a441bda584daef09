using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Autodiff;

public sealed class DerivativeErrorTests
{
    private readonly Graph _graph = new("g");

    [Test]
    public void Gradients_OfAMatrix_Is0301()
    {
        var x = _graph.Input("x", [2, 3]);
        var error = Fails("GRC0301", () => _graph.Gradients(x, x));
        Assert.That(error.Message, Does.StartWith(
            "GRC0301: Gradients requires a scalar: \"x\" is float32[2, 3]; reduce it, or give an upstream gradient to VectorJacobianProduct (DerivativeErrorTests.cs:"));
    }

    [Test]
    public void Gradients_OfAnInteger_Is0302()
    {
        var (i, x) = (_graph.Input("i", DType.Int32, []), _graph.Input("x", []));
        Fails("GRC0302", () => _graph.Gradients(i, x));
        Fails("GRC0302", () => _graph.Jvp(i, [x], [x]));
    }

    [Test]
    public void Gradients_WithRespectToAnInteger_Is0302()
    {
        var (i, x) = (_graph.Input("i", DType.Int32, []), _graph.Input("x", []));
        var error = Fails("GRC0302", () => _graph.Gradients(x, i));
        Assert.That(error.Message, Does.Contain("\"i\" is int32[]; integers have no gradient"));
        Fails("GRC0302", () => _graph.Jvp(x, [i], [i]));
        Fails("GRC0302", () => _graph.Hvp(x, [i], [i]));
    }

    [Test]
    public void Gradients_ThroughAnInteger_Is0303AndNamesTheOperatorAndItsReason()
    {
        var x = _graph.Input("x", [3]);
        var y = x.Cast(DType.Int32).Named("steps").Cast(DType.Float32).Sum();
        var error = Fails("GRC0303", () => _graph.Gradients(y, x));
        Assert.That(error.Message, Does.Contain("cast").And.Contain("\"steps\" is int32[3], and integers have no derivative").And.Contain("declared at DerivativeErrorTests.cs:"));
    }

    [Test]
    public void Gradients_ThroughConcatenationOfASymbolicAxis_Is0303()
    {
        var x = _graph.Input("x", [Dim.Symbol("n", 4), 2]);
        var y = Op.Concatenate([x, x], 0).Sum();
        Assert.That(Fails("GRC0303", () => _graph.Gradients(y, x)).Message, Does.Contain("axis 0 is symbolic"));
    }

    [Test]
    public void Gradients_BesideAnInteger_DoNotAskIt()
    {
        var x = _graph.Input("x", [3]);
        var y = (x * x.Cast(DType.Int32).Cast(DType.Float32).StopGradient()).Sum();
        Assert.That(_graph.Gradients(y, x)[0].Type, Is.EqualTo(x.Type));
    }

    [Test]
    public void VectorJacobianProduct_UpstreamOfAnotherType_Is0304()
    {
        var (x, u) = (_graph.Input("x", [2, 3]), _graph.Input("u", [3]));
        Fails("GRC0304", () => _graph.VectorJacobianProduct(x, u, x));
    }

    [Test]
    public void Jvp_WithoutOneTangentEach_Is0305()
    {
        var (x, y) = (_graph.Input("x", [2]), _graph.Input("y", [2]));
        var error = Fails("GRC0305", () => _graph.Jvp(x * y, [x, y], [x]));
        Assert.That(error.Message, Does.Contain("Jvp requires one vector for each tensor: 2 tensors, 1 vectors"));
    }

    [Test]
    public void Hvp_WithAVectorOfAnotherType_Is0305()
    {
        var (x, v) = (_graph.Input("x", [2]), _graph.Input("v", [3]));
        var error = Fails("GRC0305", () => _graph.Hvp((x * x).Sum(), [x], [v]));
        Assert.That(error.Message, Does.Contain("Hvp requires vectors of the same types: \"x\" is float32[2], \"v\" is float32[3]"));
    }

    [Test]
    public void Hvp_OfAMatrix_Is0301()
    {
        var x = _graph.Input("x", [2]);
        Fails("GRC0301", () => _graph.Hvp(x, [x], [x]));
    }

    [Test]
    public void Gradients_OfAnotherGraphsTensors_Is0117()
    {
        var (x, other) = (_graph.Input("x", []), new Graph("h").Input("x", []));
        Fails("GRC0117", () => _graph.Gradients(other, x));
        Fails("GRC0117", () => _graph.Gradients(x, other));
        Fails("GRC0117", () => _graph.Jvp(x, [x], [other]));
    }

    private static GraphException Fails(string id, Action action)
    {
        var error = Assert.Throws<GraphException>(() => action())!;
        Assert.That(error.Id, Is.EqualTo(id), error.Message);
        return error;
    }
}
