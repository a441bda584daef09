using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.CodeGen;

public sealed class ScalarExpressionsTests
{
    /// <summary>A product less a negative constant is one fused operation, whose summand is negated: not <c>--0.5f</c>.</summary>
    [TestCase(KernelTarget.Avx2)]
    [TestCase(KernelTarget.Portable)]
    public void Negate_OfANegativeConstant_IsTwoSigns(KernelTarget target)
    {
        var graph = new Graph();
        var (x, y, n) = (graph.Input("x", []), graph.Input("y", DType.Float64, []), graph.Input("n", DType.Int32, []));
        graph.Output("a", (x * x) - (-0.5));
        graph.Output("b", (y * y) - (-0.25));
        graph.Output("c", n * -graph.Constant(-3, DType.Int32));
        foreach (var optimizes in new[] { true, false })
        {
            using var compiled = graph.Compile(new CompileOptions { Target = target, Optimize = optimizes, CacheDirectory = "" });
            using var execution = compiled.CreateExecution();
            execution.Feed("x", 3f);
            execution.Feed("y", 2.0);
            execution.Feed("n", 5);
            execution.Run();
            Assert.That(execution.Scalar<float>("a"), Is.EqualTo(9.5f));
            Assert.That(execution.Scalar<double>("b"), Is.EqualTo(4.25));
            Assert.That(execution.Scalar<int>("c"), Is.EqualTo(15));
        }
    }
}
