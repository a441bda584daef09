using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests;

public sealed class InterningTests
{
    private readonly Graph _graph = new();

    [Test]
    public void Expression_BuiltTwice_IsTheSameNode()
    {
        var (x, y) = (_graph.Input("x", [3]), _graph.Input("y", [3]));
        AssertSame(() => (x * y) + 1);
        Assert.That(x.Sum([0]), Is.SameAs(x.Sum([-1])));
        Assert.That(x * y, Is.Not.SameAs(y * x), "nothing commutes before the optimizer");
    }

    [Test]
    public void Attributes_ThatDiffer_AreOtherNodes()
    {
        var x = _graph.Input("x", [2, 3]);
        Assert.That(x.Sum([0]), Is.Not.SameAs(x.Sum([1])));
        Assert.That(x.Reshape([6]), Is.Not.SameAs(x.Reshape([6, 1])));
        Assert.That(x.Cast(DType.Float64), Is.Not.SameAs(x.Cast(DType.Int32)));
    }

    [Test]
    public void Constants_AreComparedByBits()
    {
        AssertSame(() => _graph.Constant(0.0));
        Assert.That(_graph.Constant(0.0), Is.Not.SameAs(_graph.Constant(-0.0)));
        AssertSame(() => _graph.Constant(double.NaN));
        Assert.That(_graph.Constant(1), Is.Not.SameAs(_graph.Constant(1, DType.Float64)));
        Assert.That(_graph.Constant(0.1), Is.SameAs(_graph.Constant((float)0.1)), "rounded to the element type");
        AssertSame(() => _graph.Constant([1, 2], [2]));
        Assert.That(_graph.Constant([2, 2], [2]).Node.Operator, Is.EqualTo(ConstantOp.Splat(2, new TensorType(DType.Float32, [2]))));
        Assert.That(_graph.Constant(-0.0, DType.Int32), Is.SameAs(_graph.Constant(0, DType.Int32)));
    }

    [Test]
    public void Parameters_OfTheSameType_NeverMerge()
    {
        var (a, b) = (_graph.Parameter("a", [3], Init.Zeros), _graph.Parameter("b", [3], Init.Zeros));
        Assert.That(a, Is.Not.SameAs(b));
        Assert.That(a.Node, Is.Not.SameAs(b.Node));
    }

    [Test]
    public void Results_OfOneNode_AreDifferentTensors()
    {
        var x = _graph.Input("x", DType.Int32, [3]);
        var (values, indices) = x.TopK(2);
        Assert.That(values.Node, Is.SameAs(indices.Node));
        Assert.That(values + 0, Is.Not.SameAs(indices + 0));
    }

    private static void AssertSame(Func<Tensor> build)
    {
        var first = build();
        Assert.That(build(), Is.SameAs(first));
    }
}
