using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Updates happen at the end of a run: whatever reads a variable in the run reads the old value.</summary>
public sealed class UpdateTests
{
    [Test]
    public void Update_OutputOfTheOldValue_IsNotTheNewOne()
    {
        var graph = new Graph();
        var s = graph.Parameter("s", [9], Init.Constant(3));
        graph.Update(s, (s * 0.5) + 1);
        graph.Output("old", s);
        using var execution = Steps.Start(graph);
        execution.Run();
        Assert.That(execution.Read<float>("old"), Is.All.EqualTo(3f));
        Assert.That(execution.Variables["s"].Read<float>(), Is.All.EqualTo(2.5f));
    }

    [Test]
    public void Update_SwapOfTwoStates_Swaps()
    {
        var graph = new Graph();
        var (a, b) = (graph.Parameter("a", [11], Init.Constant(1)), graph.Parameter("b", [11], Init.Constant(2)));
        graph.Update(a, b);
        graph.Update(b, a);
        using var execution = Steps.Start(graph);
        execution.Run();
        Assert.That(execution.Variables["a"].Read<float>(), Is.All.EqualTo(2f));
        Assert.That(execution.Variables["b"].Read<float>(), Is.All.EqualTo(1f));
    }

    [Test]
    public void Update_EachFromTheOther_SeesOldValues()
    {
        var graph = new Graph();
        var (a, b) = (graph.Parameter("a", [11], Init.Constant(1)), graph.Parameter("b", [11], Init.Constant(2)));
        graph.Update(a, (b * 10.0) + a);
        graph.Update(b, (a * 10.0) + b);
        using var execution = Steps.Start(graph);
        execution.Run();
        Assert.That(execution.Variables["a"].Read<float>(), Is.All.EqualTo(21f));
        Assert.That(execution.Variables["b"].Read<float>(), Is.All.EqualTo(12f));
    }

    [Test]
    public void Update_ReadTransposedElsewhere_SeesOldValues()
    {
        var graph = new Graph();
        var w = graph.Parameter("w", [3, 3], Init.Values(Steps.Range(9)));
        graph.Update(w, w + 1);
        graph.Output("t", w.Transpose() * 1.5);
        graph.Output("product", w.MatMul(w));
        using var execution = Steps.Start(graph, workers: 2);
        execution.Run();
        Assert.That(execution.Read<float>("t"), Is.EqualTo(new[] { 0f, 4.5f, 9, 1.5f, 6, 10.5f, 3, 7.5f, 12 }));
        Assert.That(execution.Read<float>("product"), Is.EqualTo(new[] { 15f, 18, 21, 42, 54, 66, 69, 90, 111 }));
        Assert.That(execution.Variables["w"].Read<float>(), Is.EqualTo(Steps.Range(9, from: 1)));
    }

    [Test]
    public void Update_WithAValueThatLaterPassesReadAgain_IsStored()
    {
        // Several passes over a line: the costly value waits in scratch, and the variable is overwritten in the last pass.
        var graph = new Graph();
        var p = graph.Parameter("p", [3, 9], Init.Constant(0.5));
        var t = p.Exp();
        graph.Update(p, t);
        graph.Output("v", t.Variance([1]));
        graph.Output("old", p);
        using var execution = Steps.Start(graph);
        execution.Poison();
        execution.Run();
        Assert.That(execution.Read<float>("v"), Is.All.EqualTo(0f).Within(1e-12));
        Assert.That(execution.Read<float>("old"), Is.All.EqualTo(0.5f));
        Assert.That(execution.Variables["p"].Read<float>(), Is.All.EqualTo(MathF.Exp(0.5f)).Within(2e-7));
    }

    [Test]
    public void Update_WithAValueThatOnlyLaterPassesNeed_IsComputedFirst()
    {
        var graph = new Graph();
        var (p, s) = (graph.Parameter("p", [3, 9], Init.Constant(0.5)), graph.Parameter("s", [3, 9], Init.Constant(1)));
        var m = Op.Max(p, p.Exp());
        var centred = m - s.Mean([1], keepDims: true);
        graph.Update(p, m);
        graph.Output("v", (m * centred).Variance([1]));
        using var execution = Steps.Start(graph);
        execution.Poison();
        execution.Run();
        Assert.That(execution.Read<float>("v"), Is.All.EqualTo(0f).Within(1e-12));
        Assert.That(execution.Variables["p"].Read<float>(), Is.All.EqualTo(MathF.Exp(0.5f)).Within(2e-7));
    }
}
