using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Schedule;

/// <summary>Cheap work goes to its reader only where the reader finds it.</summary>
public sealed class SinkingTests
{
    /// <summary>Where all extents are 1, indices of points, rows and totals are the same: only the level tells them apart.</summary>
    [TestCase(1)]
    [TestCase(3)]
    public void Run_MaskOfATotalOfTotals_IsComputedWhereItIsRead(int extent)
    {
        var graph = new Graph("masked total");
        var x = graph.Input("x", [extent, extent, extent, extent]);
        var (a, b) = (graph.Input("a", DType.Bool, []), graph.Input("b", DType.Bool, []));
        var total = x.Sum([0, 1, 3]).Sum();
        graph.Output("y", a.And(b).Select(total, graph.Constant(-1)));
        using var compiled = graph.Compile(new CompileOptions { Optimize = false, CacheDirectory = "" });
        using var execution = compiled.CreateExecution();
        execution.Feed<float>("x", Steps.Range(extent * extent * extent * extent, from: 1));
        foreach (var (first, second) in new[] { (true, true), (true, false), (false, true) })
        {
            execution.Feed("a", first);
            execution.Feed("b", second);
            execution.Run();
            var count = (float)(extent * extent * extent * extent);
            Assert.That(execution.Scalar<float>("y"), Is.EqualTo(first && second ? count * (count + 1) / 2 : -1));
        }
    }
}
