using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>NaN goes where IEEE 754 says, and nowhere else.</summary>
public sealed class SpecialValueTests
{
    [Test]
    public void Run_NaNInOneRow_StaysInThatRow()
    {
        var graph = new Graph();
        var x = graph.Input("x", [Dim.Symbol("batch", 8), 9]);
        var h = (x.MatMul(graph.Parameter("w", [9, 17], Init.Glorot(seed: 1))) * 0.5).Tanh();
        graph.Output("y", h.Softmax());
        graph.Output("max", h.Max([1]));
        graph.Output("sum", h.Sum([1]));
        using var execution = Steps.Start(graph, workers: 2);
        var values = Steps.Range(5 * 9, from: -1, step: 0.05f);
        values[(2 * 9) + 4] = float.NaN;
        execution.Feed<float>("x", values);
        execution.Run();
        Assert.Multiple(() =>
        {
            Assert.That(execution.Read<float>("sum").Select(float.IsNaN), Is.EqualTo(new[] { false, false, true, false, false }));
            Assert.That(execution.Read<float>("max").Select(float.IsNaN), Is.EqualTo(new[] { false, false, true, false, false }));
            Assert.That(execution.Read<float>("y").Chunk(17).Select(static r => r.All(float.IsNaN)), Is.EqualTo(new[] { false, false, true, false, false }));
            Assert.That(execution.Read<float>("y").Count(float.IsNaN), Is.EqualTo(17));
        });
    }

    [Test]
    public void Run_NaNAndInfinities_FollowIeee()
    {
        var graph = new Graph();
        var (a, b) = (graph.Input("a", [9]), graph.Input("b", [9]));
        graph.Output("less", a < b);
        graph.Output("equal", a.EqualTo(b));
        graph.Output("unequal", a.NotEqualTo(b));
        graph.Output("zero times", a * 0);
        graph.Output("difference", a - a);
        graph.Output("max", Op.Max(a, b));
        graph.Output("selected", Op.Select(a < b, a, b));
        graph.Output("negated", -a);
        using var execution = Steps.Start(graph);
        const float Inf = float.PositiveInfinity;
        execution.Feed<float>("a", [float.NaN, 1, Inf, -Inf, 0f, -0f, float.NaN, 3, Inf]);
        execution.Feed<float>("b", [1, float.NaN, Inf, Inf, -0f, 0f, float.NaN, 2, 1]);
        execution.Run();
        Assert.Multiple(() =>
        {
            Assert.That(execution.Read<bool>("less"), Is.EqualTo(new[] { false, false, false, true, false, false, false, false, false }));
            Assert.That(execution.Read<bool>("equal"), Is.EqualTo(new[] { false, false, true, false, true, true, false, false, false }));
            Assert.That(execution.Read<bool>("unequal"), Is.EqualTo(new[] { true, true, false, true, false, false, true, true, true }));
            AssertBits(execution.Read<float>("zero times"), [float.NaN, 0, float.NaN, float.NaN, 0, -0f, float.NaN, 0, float.NaN]);
            AssertBits(execution.Read<float>("difference"), [float.NaN, 0, float.NaN, float.NaN, 0, 0, float.NaN, 0, float.NaN]);
            AssertBits(execution.Read<float>("max"), [float.NaN, float.NaN, Inf, Inf, 0, 0, float.NaN, 3, Inf]);
            AssertBits(execution.Read<float>("selected"), [1, float.NaN, Inf, -Inf, -0f, 0, float.NaN, 2, 1]);
            AssertBits(execution.Read<float>("negated"), [float.NaN, -1, -Inf, Inf, -0f, 0f, float.NaN, -3, -Inf]);
        });
    }

    private static void AssertBits(float[] actual, float[] expected) =>
        Assert.That(actual.Select(Bits), Is.EqualTo(expected.Select(Bits)));

    // One NaN for all.
    private static uint Bits(float value) => float.IsNaN(value) ? 0x7fc00000 : BitConverter.SingleToUInt32Bits(value);
}
