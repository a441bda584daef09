using GraphCompiler.Inspect;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

namespace GraphCompiler.Tests.Inspect;

/// <summary>The scheduler's reasons for another kernel, each from a graph that gives it.</summary>
public sealed class RefusalTests
{
    private static readonly CompileOptions Avx2 = new() { Target = KernelTarget.Avx2, CacheDirectory = "" };

    private static IEnumerable<TestCaseData<string, Func<Graph, Tensor>>> Reasons =>
    [
        Case("BeginsKernel", static g => g.Input("x", [40, 40]).MatMul(g.Input("y", [40, 40])).MatMul(g.Input("z", [40, 40]))),
        Case("TileByTile", static g => g.Input("x", [40, 40]).MatMul(g.Input("y", [40, 40])).Softmax()),
        Case("OtherSpace", static g => g.Input("x", [40, 40]).Exp().Sum() + g.Input("y", [7])),
        Case("NotThere", static g => { var y = g.Input("x", [40, 40]).Exp(); return y + y.Transpose(); }),
        Case("OtherAxes", static g => { var x = g.Input("x", [4, 40, 40]); var y = x - x.Max([2], keepDims: true); return y.Exp().Sum([1, 2]).Sum() + y.Max([1]).Sum(); }),
        Case("OuterAxes", static g => g.Input("x", [4, 40, 8]).Exp().Sum([1])),
        Case("TooManyFunctions", static g => Enumerable.Range(0, 20).Aggregate(g.Input("x", [40]), static (y, _) => y.Tanh())),
        Case("TooManyReads", static g => Enumerable.Range(0, 60).Aggregate(g.Input("x", [40]), (y, i) => (y * g.Input($"a{i}", [40])) + y)),
        Case("Closed", static g => Op.Concatenate([g.Input("x", [40]), g.Input("y", [40])], 0).Exp()),
    ];

    // What reads two kernels is offered to the later one; what sank was moved away from the one that made its operand.
    [Test]
    public void Edges_OfATrainingStep_HaveAReasonEach()
    {
        var graph = new Graph("step");
        var x = graph.Input("x", [128, 64]);
        var parameters = new List<Tensor>();
        var h = Dense("a", x, 48).Relu();
        var loss = graph.Output("loss", Dense("b", h, 10).CrossEntropy(graph.Input("labels", DType.Int32, [128])).Mean());
        graph.Adam(loss, parameters, new AdamOptions());
        var inspection = GraphInspection.Of(graph, Avx2);
        var said = inspection.Kernels.SelectMany(static k => k.Refusals.Concat(k.Edges)).ToList();
        Assert.That(said.Select(static r => r.Rule), Does.Contain("ReadsLater").And.Contain("Sunk").And.Contain("BeginsKernel"));
        Assert.That(said.Where(static r => r.Rule == "ReadsLater").Select(static r => r.Reason), Has.All.Match("^it also reads .+ of (its own kernel|kernel [0-9]+), and"));
        foreach (var kernel in inspection.Kernels)
        {
            var makers = kernel.Operands.Where(o => !o.IsWritten && o.MadeBy is { } made && made != kernel.Index).Select(static o => o.MadeBy);
            Assert.That(kernel.Refusals.Concat(kernel.Edges).Select(static r => r.Kernel), Is.SupersetOf(makers), $"kernel {kernel.Index} {kernel.Method}");
            Assert.That(kernel.Edges.Concat(kernel.Refusals).Select(static r => (r.NodeId, r.Kernel)), Is.Unique);
            Assert.That(kernel.Edges.Select(static r => r.NodeId), Is.SubsetOf(kernel.Nodes), "the reader is computed here");
        }

        Tensor Dense(string name, Tensor input, int width)
        {
            using var scope = graph.Scope(name);
            var w = graph.Parameter("w", [input.Shape[1], width], Init.He(seed: parameters.Count));
            var b = graph.Parameter("b", [width], Init.Zeros);
            parameters.AddRange([w, b]);
            return input.MatMul(w) + b;
        }
    }

    private static TestCaseData<string, Func<Graph, Tensor>> Case(string rule, Func<Graph, Tensor> declare) =>
        new TestCaseData<string, Func<Graph, Tensor>>(rule, declare).SetArgDisplayNames(rule);

    [TestCaseSource(nameof(Reasons))]
    public void Refusal_OfEachKind_IsSaidInASentence(string rule, Func<Graph, Tensor> declare)
    {
        var graph = new Graph("refusal");
        graph.Output("y", declare(graph));
        var inspection = GraphInspection.Of(graph, Avx2);
        var refusals = inspection.Kernels.SelectMany(static k => k.Refusals).ToList();
        Assert.That(refusals.Select(static r => r.Rule), Does.Contain(rule));
        Assert.That(refusals.Where(r => r.Rule == rule).Select(static r => r.Reason), Has.All.Length.GreaterThan(20));
    }
}
