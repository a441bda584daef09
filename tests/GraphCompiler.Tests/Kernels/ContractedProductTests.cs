using GraphCompiler.Compile;
using GraphCompiler.Operators;

namespace GraphCompiler.Tests.Kernels;

/// <summary>Products and sums that become one operation, and those that must not.</summary>
public sealed class ContractedProductTests
{
    [Test]
    public void Product_LessItself_IsZero([Values(1, 37)] int n, [Values] bool optimize)
    {
        var graph = new Graph("itself");
        var x = graph.Input("x", [n]);
        var square = x * x;
        graph.Output("y", square - square);
        foreach (var target in new[] { KernelTarget.Auto, KernelTarget.Portable })
        {
            using var compiled = graph.Compile(new CompileOptions { Target = target, Optimize = optimize });
            using var execution = compiled.CreateExecution();
            execution.Feed<float>("x", [.. Enumerable.Range(0, n).Select(static i => 0.1f + (i / 7f))]);
            execution.Run();

            Assert.That(execution.Read<float>("y"), Is.All.Zero, compiled.Source);
        }
    }

    [Test]
    public void Product_LessAnother_IsRoundedOnce()
    {
        var graph = new Graph("difference");
        var x = graph.Input("x", [8]);
        graph.Output("y", (x * x) - x);
        using var compiled = graph.Compile(new CompileOptions { Target = KernelTarget.Portable });

        Assert.That(compiled.Source, Does.Contain("Vec128.Fma("));
    }
}
