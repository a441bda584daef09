using global::HelloGraph;

namespace GraphCompiler.Examples.Tests.HelloGraph;

public sealed class TextbookTests
{
    [Test]
    public void Product_AtItsPoint_HasTheValuesOfTheTextbook() =>
        Expect(Product.Declare(), Product.Point, tolerance: 0, ("f", -12), ("df_dx", -4), ("df_dy", -4), ("df_dz", 3));

    [Test]
    public void Neuron_AtItsPoint_HasTheValuesOfTheTextbook()
    {
        var f = 1 / (1 + Math.Exp(-1));
        var df = f * (1 - f);
        Expect(
            Neuron.Declare(), Neuron.Point, tolerance: 1e-6,
            ("f", f), ("df_dw0", -df), ("df_dw1", -2 * df), ("df_dw2", df), ("df_dx0", 2 * df), ("df_dx1", -3 * df));
    }

    private static void Expect(
        Graph graph,
        (string Input, float Value)[] point,
        double tolerance,
        params (string Output, double Value)[] expected)
    {
        using var compiled = graph.Compile();
        var actual = Evaluation.Run(compiled, graph, point);
        Assert.That(actual.Select(static row => row.Output), Is.EqualTo(expected.Select(static row => row.Output)));
        Assert.That(
            actual.Select(static row => (double)row.Value),
            Is.EqualTo(expected.Select(static row => row.Value)).Within(tolerance));
    }
}
