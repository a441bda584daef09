using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Kernels that are worth it run on several threads, with the same bits.</summary>
public sealed class WorkerTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Run_ProductAndGradients_UsesTheWorkersAndKeepsBits(int workers)
    {
        var graph = new Graph("product");
        var x = graph.Input("x", [Dim.Symbol("batch", 64), 300]);
        var w = graph.Parameter("w", [300, 200], Init.Glorot(seed: 7));
        var loss = graph.Output("loss", x.MatMul(w).Tanh().Mean());
        graph.Output("dw", graph.Gradients(loss, w)[0]);
        // As anybody compiles it: the split is the default one.
        using var compiled = graph.Compile(new CompileOptions { CacheDirectory = "" });
        using var one = compiled.CreateExecution(workers: 1);
        using var several = compiled.CreateExecution(workers: workers);
        foreach (var batch in new[] { 64, 1, 37 })
        {
            var rows = Steps.Range(batch * 300, from: -2, step: 0.0007f);
            foreach (var execution in new[] { one, several })
            {
                execution.Feed<float>("x", rows);
                execution.Poison();
                execution.Run();
            }

            Assert.That(several.WorkersOfLastRun, Is.EqualTo(workers));
            Assert.That(several.Read<float>("dw"), Is.EqualTo(one.Read<float>("dw")));
            Assert.That(several.Scalar<float>("loss"), Is.EqualTo(one.Scalar<float>("loss")));
        }
    }

    [TestCase("Partition.Of(")]
    [TestCase("Tile")]
    public void Source_OfALargeProduct_SplitsItsTiles(string text)
    {
        var graph = new Graph("product");
        var (a, b) = (graph.Input("a", [256, 256]), graph.Input("b", [256, 256]));
        graph.Output("c", a.MatMul(b));
        using var compiled = graph.Compile(new CompileOptions { CacheDirectory = "" });
        Assert.That(compiled.Source, Does.Contain(text));
    }
}
