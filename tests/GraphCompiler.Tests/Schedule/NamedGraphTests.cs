using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Schedule;

/// <summary>What the six graphs cost: kernels, bytes at the bounds of the symbols, copies.</summary>
public sealed class NamedGraphTests
{
    [Test]
    public void Mlp_WithGradientDescent_IsElevenKernels() => AssertCost(NamedGraphs.Mlp(), kernels: 11, bytes: 179_740);

    [Test]
    public void Mlp_WithMomentum_IsElevenKernels() => AssertCost(NamedGraphs.Mlp(momentum: true), kernels: 11, bytes: 200_620);

    [Test]
    public void SoftmaxCrossEntropy_WithGradient_IsOneKernel() => AssertCost(NamedGraphs.SoftmaxCrossEntropy(), kernels: 1, bytes: 51_716);

    [Test]
    public void Normalisation_Forward_IsOneKernel() => AssertCost(NamedGraphs.Normalisation(), kernels: 1, bytes: 52_000);

    [Test]
    public void SigmoidNet_Step_IsEightKernels() => AssertCost(NamedGraphs.SigmoidNet(), kernels: 8, bytes: 85_004);

    [Test]
    public void Logistic_Step_IsOneKernel() => AssertCost(NamedGraphs.Logistic(), kernels: 1, bytes: 40);

    [Test]
    public void Mlp_Step_WritesNoMask() =>
        Assert.That(new Planned(NamedGraphs.Mlp()).Written.Where(static t => t.DType == DType.Bool), Is.Empty);

    [Test]
    public void Mlp_Step_UpdatesInPlace()
    {
        var planned = new Planned(NamedGraphs.Mlp(momentum: true));
        Assert.That(planned.Schedule.InPlace, Has.Count.EqualTo(12));
    }

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public void Product_OfTransposedOperands_CopiesNothing(bool transposeA, bool transposeB)
    {
        var graph = new Graph();
        var (a, b) = (graph.Input("a", transposeA ? [64, 48] : [48, 64]), graph.Input("b", transposeB ? [80, 64] : [64, 80]));
        var product = graph.Output("c", (transposeA ? a.Transpose() : a).MatMul(transposeB ? b.Transpose() : b));
        var gradients = graph.Gradients((product * product).Sum(), a, b);
        graph.Output("da", gradients[0]);
        graph.Output("db", gradients[1]);
        var planned = new Planned(graph);
        Assert.That(planned.Copies, Is.Zero);
        Assert.That(planned.Kernels, Has.Length.LessThanOrEqualTo(4));
    }

    [Test]
    public void Update_SwapOfTwoStates_CopiesOneOfThem()
    {
        var graph = new Graph();
        var (a, b) = (graph.Parameter("a", [11], Runtime.State.Init.Zeros), graph.Parameter("b", [11], Runtime.State.Init.Zeros));
        graph.Update(a, b * 2);
        graph.Update(b, a * 3);
        graph.Output("t", a.Reshape([11, 1]).MatMul(b.Reshape([1, 11])).Transpose());
        var planned = new Planned(graph);
        Assert.That(planned.Schedule.InPlace, Has.Count.EqualTo(1), "the second would be overwritten before the first is computed");
        Assert.That(planned.Copies, Is.EqualTo(1));
    }

    private static void AssertCost(Graph graph, int kernels, long bytes)
    {
        var planned = new Planned(graph);
        Assert.Multiple(() =>
        {
            Assert.That(planned.Kernels, Has.Length.EqualTo(kernels));
            Assert.That(planned.Bytes, Is.EqualTo(bytes));
            Assert.That(planned.Copies, Is.Zero);
        });
    }
}
