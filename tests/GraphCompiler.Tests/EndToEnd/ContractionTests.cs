using GraphCompiler.Operators;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Products at the edges of their template.</summary>
public sealed class ContractionTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void Contract_TwoSumsOfWhichOneMayBeEmpty_IsTheSumThereIs(int batch)
    {
        var graph = new Graph();
        var n = Dim.Symbol("n", 4);
        var (x, y) = (graph.Input("x", [2, n, 5]), graph.Input("y", [n, 2, 3]));
        graph.Output("z", x.Contract(y, [0, 1], [1, 0]) + 1);
        using var execution = Steps.Start(graph);
        execution.Bind("n", batch);
        execution.Feed<float>("x", Enumerable.Repeat(1f, 2 * batch * 5).ToArray());
        execution.Feed<float>("y", Enumerable.Repeat(2f, batch * 2 * 3).ToArray());
        execution.Poison();
        execution.Run();
        Assert.That(execution.Read<float>("z"), Is.All.EqualTo((4f * batch) + 1));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void Contract_ThreeSumsInAnotherOrder_IsTheSumThereIs(int batch)
    {
        var graph = new Graph();
        var x = graph.Input("x", [Dim.Symbol("n", 4), 2, 7]);
        graph.Output("z", x.Contract(x, [0, 2, 1], [0, 2, 1]));
        using var execution = Steps.Start(graph);
        execution.Bind("n", batch);
        execution.Feed<float>("x", Enumerable.Repeat(2f, batch * 2 * 7).ToArray());
        execution.Poison();
        execution.Run();
        Assert.That(execution.Scalar<float>("z"), Is.EqualTo(4f * batch * 14));
    }

    [Test]
    public void Contract_OneColumnOrOneRowOrOneElement_IsTheProduct()
    {
        var graph = new Graph();
        var (s, v, a) = (graph.Input("s", []), graph.Input("v", [7]), graph.Input("a", [7, 7]));
        graph.Output("scalar", s.Contract(s, [], []));
        graph.Output("column", a.MatMul(v));
        graph.Output("row", v.MatMul(a));
        graph.Output("inner", v.MatMul(v));
        using var execution = Steps.Start(graph);
        execution.Feed("s", 3f);
        execution.Feed<float>("v", Steps.Range(7));
        execution.Feed<float>("a", Steps.Range(49));
        execution.Run();
        Assert.That(execution.Read<float>("scalar"), Is.EqualTo(new[] { 9f }));
        Assert.That(execution.Read<float>("column"), Is.EqualTo(Enumerable.Range(0, 7).Select(i => Enumerable.Range(0, 7).Sum(k => ((7f * i) + k) * k))));
        Assert.That(execution.Read<float>("row"), Is.EqualTo(Enumerable.Range(0, 7).Select(j => Enumerable.Range(0, 7).Sum(k => ((7f * k) + j) * k))));
        Assert.That(execution.Read<float>("inner"), Is.EqualTo(new[] { 91f }));
    }

    [Test]
    public void Contract_WithAnEpilogueDeclaredBeforeIt_IsOneKernel()
    {
        var graph = new Graph();
        var (x, p) = (graph.Input("x", [8]), graph.Input("p", []));
        var early = p.Relu();
        graph.Output("y", x.MatMul(x) + early);
        using var execution = Steps.Start(graph);
        execution.Feed<float>("x", Steps.Range(8));
        execution.Feed("p", 2f);
        execution.Run();
        Assert.That(execution.Read<float>("y"), Is.EqualTo(new[] { 142f }));
    }
}
