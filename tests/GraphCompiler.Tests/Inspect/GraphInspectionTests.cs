using GraphCompiler.Inspect;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

namespace GraphCompiler.Tests.Inspect;

/// <summary>What an inspection says of a graph agrees with the graph and with the program.</summary>
public sealed class GraphInspectionTests
{
    private static readonly CompileOptions Avx2 = new() { Target = KernelTarget.Avx2, CacheDirectory = "" };

    private static Graph Classifier()
    {
        var graph = new Graph("classifier");
        var batch = Dim.Symbol("batch", max: 64);
        var x = graph.Input("x", [batch, 20]);
        var y = graph.Input("y", [batch, 5]);
        Tensor w, b, hidden;
        using (graph.Scope("dense"))
        {
            w = graph.Parameter("w", [20, 5], Init.Glorot(seed: 1));
            b = graph.Parameter("b", [5], Init.Zeros);
            hidden = (x.MatMul(w) + b).Tanh().Named("hidden");
        }

        graph.Sgd(graph.Output("loss", hidden.MeanSquaredError(y)), [w, b]);
        return graph;
    }

    [Test]
    public void Inspection_OfAStep_TellsForwardBackwardAndUpdateApart()
    {
        var inspection = GraphInspection.Of(Classifier(), Avx2);
        var direction = inspection.Nodes.ToDictionary(static n => n.Name, static n => n.Direction);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(direction["dense/w"], Is.EqualTo(Direction.Forward));
            Assert.That(direction["dense/hidden"], Is.EqualTo(Direction.Forward));
            Assert.That(direction["loss"], Is.EqualTo(Direction.Forward));
            Assert.That(direction["d_loss"], Is.EqualTo(Direction.Backward));
            Assert.That(direction["dense/d_w"], Is.EqualTo(Direction.Backward));
            Assert.That(inspection.Nodes.Where(static n => n.Results[0].Updates is not null).Select(static n => n.Direction), Is.EqualTo(new[] { Direction.Update, Direction.Update }));
        }
    }

    [Test]
    public void Inspection_OfAGradientNode_NamesTheRuleAndTheNodeThatItIsFor()
    {
        var inspection = GraphInspection.Of(Classifier(), Avx2);
        var made = inspection.Nodes.Single(static n => n.Name == "dense/d_w").Gradient!;
        var bias = inspection.Nodes.Single(static n => n.Name == "dense/d_b").Gradient!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.Step, Is.EqualTo("rule"));
            Assert.That(made.Operator, Is.EqualTo("contract"));
            Assert.That(inspection.Nodes[made.NodeId!.Value].Formula, Does.EndWith("= x . dense/w"));
            Assert.That(bias.Step, Is.EqualTo("unbroadcast"));
            Assert.That(inspection.Nodes.Single(static n => n.Name == "d_loss").Gradient!.Step, Is.EqualTo("seed"));
        }
    }

    [Test]
    public void Inspection_Scopes_HoldGradientsAndUpdatesOfWhatIsDeclaredInThem()
    {
        var inspection = GraphInspection.Of(Classifier(), Avx2);
        var scopes = inspection.Nodes.Where(static n => n.Scope == "dense").GroupBy(static n => n.Direction).Select(static g => g.Key);
        Assert.That(scopes, Is.EquivalentTo(Enum.GetValues<Direction>()));
    }

    [Test]
    public void Inspection_Origins_AreLinesOfThisFile()
    {
        var hidden = GraphInspection.Of(Classifier(), Avx2).Nodes.Single(static n => n.Name == "dense/hidden");
        var (file, line) = hidden.Origins[0];
        Assert.That(File.ReadLines(file).ElementAt(line - 1), Does.Contain(".Tanh()"));
    }

    [Test]
    public void Inspection_Kernels_HaveEachComputedNodeOnce()
    {
        var inspection = GraphInspection.Of(Classifier(), Avx2);
        var inKernels = inspection.Kernels.SelectMany(static k => k.Nodes.Select(n => (n, k.Index)));
        Assert.That(inKernels, Is.EquivalentTo(inspection.Nodes.Where(static n => n.Kernel is not null).Select(static n => (n.Id, n.Kernel!.Value))));
        Assert.That(inspection.Nodes.Where(static n => n.Kernel is null).Select(static n => n.Form).Distinct(), Is.SubsetOf(new[] { "memory", "inline", "view" }));
    }

    [Test]
    public void Inspection_AKernelOfItsOwn_SaysWhoRefusedItAndWhy()
    {
        var inspection = GraphInspection.Of(Classifier(), Avx2);
        var loss = inspection.Kernels.Single(k => k.Nodes.Contains(inspection.Nodes.Single(static n => n.Name == "loss").Id));
        var refusal = loss.Refusals.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Rule, Is.EqualTo("TileByTile"));
            Assert.That(inspection.Kernels[refusal.Kernel!.Value].Kind, Is.EqualTo("Contraction"));
            Assert.That(refusal.Reason, Does.Contain("whole rows"));
        }
    }

    [Test]
    public void Inspection_AKernelWithAnUpdate_IsBackwardWhereThatIsMostOfItsWork()
    {
        var inspection = GraphInspection.Of(Classifier(), Avx2);
        var kernel = inspection.Kernels.Single(k => k.Nodes.Contains(inspection.Nodes.Single(static n => n.Name == "dense/d_w").Id));
        Assert.That(kernel.Nodes.Select(n => inspection.Nodes[n].Direction), Does.Contain(Direction.Update));
        Assert.That(kernel.Direction, Is.EqualTo(Direction.Backward));
    }

    [Test]
    public void Inspection_TooManyNodes_IsTheReasonOfALongChain()
    {
        var graph = new Graph("chain");
        var x = graph.Input("x", [1000]);
        var y = x;
        for (var i = 0; i < 300; i++)
        {
            y = (y * 1.5f) + x;
        }

        graph.Output("y", y);
        var inspection = GraphInspection.Of(graph, Avx2);
        Assert.That(inspection.Kernels, Has.Length.GreaterThan(2));
        Assert.That(inspection.Kernels.Skip(1).SelectMany(static k => k.Refusals).Select(static r => r.Rule), Has.All.EqualTo("TooManyNodes"));
    }

    [Test]
    public void Inspection_Lines_HoldTheMethodAndTheFormula()
    {
        var inspection = GraphInspection.Of(Classifier(), Avx2);
        var source = inspection.Source.Split('\n');
        foreach (var kernel in inspection.Kernels)
        {
            Assert.That(source[(kernel.Lines.First - 1)..kernel.Lines.Last], Has.Some.Contains($"private static void {kernel.Method}("));
            Assert.That(source[kernel.Lines.Last - 1], Is.EqualTo("    }"));
        }

        var hidden = inspection.Nodes.Single(static n => n.Name == "dense/hidden");
        Assert.That(hidden.Lines, Is.Not.Empty);
        Assert.That(hidden.Lines.SelectMany(span => source[(span.First - 1)..span.Last]), Has.Some.Contains("Tanh"));
    }

    // Also what is a part of another node's expression, and what was folded into a fused multiply-add.
    [TestCase(KernelTarget.Portable)]
    [TestCase(KernelTarget.Avx2)]
    [TestCase(KernelTarget.Avx512)]
    public void Inspection_EveryNodeThatIsComputed_HasLinesInItsKernel(KernelTarget target)
    {
        var inspection = GraphInspection.Of(Operators(), new CompileOptions { Target = target, CacheDirectory = "" });
        var source = inspection.Source.Split('\n');
        foreach (var node in inspection.Nodes.Where(static n => n.Kernel is not null))
        {
            var kernel = inspection.Kernels[node.Kernel!.Value].Lines;
            Assert.That(node.Lines, Is.Not.Empty, node.Formula);
            Assert.That(node.Lines.Select(static l => (l.First, l.Last)), Is.Unique.And.Ordered, node.Formula);
            Assert.That(node.Lines, Has.All.Matches<SourceLines>(l => l.First >= kernel.First && l.First <= l.Last && l.Last < kernel.Last), node.Formula);
            Assert.That(node.Lines.Select(l => source[l.Last - 1].Trim()), Has.None.StartsWith("//"), node.Formula);
        }
    }

    private static Graph Operators()
    {
        var graph = Classifier();
        var n = Dim.Symbol("n", max: 100);
        var x = graph.Input("xs", [n, 40]);
        var (top, at) = x.TopK(3);
        graph.Output("top", top);
        graph.Output("at", at);
        graph.Output("joined", Op.Concatenate([x, x.Exp()], 1));
        graph.Output("picked", graph.Input("table", [9, 40]).Gather(graph.Input("which", DType.Int32, [n])).Softmax());
        graph.Output("drawn", x * 2 + x.Sum([1], keepDims: true).Sqrt() * x.Transpose().Sum([1]).Sum());
        graph.Output("scalar", x.Sum() * 3 + 1);
        return graph;
    }

    [Test]
    public void Inspection_KernelsThatShareAMethod_HaveTheLinesOfTheirCounterparts()
    {
        var graph = new Graph("layers");
        var x = graph.Input("x", [32, 16]);
        for (var layer = 0; layer < 3; layer++)
        {
            x = (x.MatMul(graph.Parameter($"w{layer}", [16, 16], Init.Zeros)) + 1).Tanh().Named($"h{layer}");
        }

        graph.Output("y", x.Sum());
        var inspection = GraphInspection.Of(graph, Avx2);
        var (first, second) = (inspection.Nodes.Single(static n => n.Name == "h0"), inspection.Nodes.Single(static n => n.Name == "h1"));
        Assert.That(inspection.Kernels[first.Kernel!.Value].Method, Is.EqualTo(inspection.Kernels[second.Kernel!.Value].Method));
        Assert.That(first.Lines, Is.Not.Empty);
        Assert.That(second.Lines, Is.EqualTo(first.Lines));
    }

    [Test]
    public void Inspection_OfScalars_FindsTheLocalOfEachName()
    {
        var graph = new Graph("neuron");
        var s = (graph.Input("w", Shape.Scalar) * graph.Input("x", Shape.Scalar)).Named("class");
        graph.Output("y", s.Tanh());
        var inspection = GraphInspection.Of(graph, Avx2);
        var lines = inspection.Nodes.Single(static n => n.Name == "class").Lines;
        Assert.That(inspection.Source.Split('\n')[lines.Single().First - 1], Does.Contain("float class_ = "));
    }

    [Test]
    public void Inspection_Memory_IsThePlan()
    {
        var graph = Classifier();
        var inspection = GraphInspection.Of(graph, Avx2);
        using var compiled = graph.Compile(Avx2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(inspection.Source, Is.EqualTo(compiled.Source));
            Assert.That(inspection.Memory.ArenaBytes, Is.EqualTo(compiled.Layout.ArenaBytes));
            Assert.That(inspection.Memory.Alive.Max(), Is.EqualTo(inspection.Memory.PeakBytes));
            Assert.That(inspection.Memory.Blocks.Where(static b => b.IsAtPeak).Sum(static b => b.Bytes), Is.EqualTo(inspection.Memory.PeakBytes));
            Assert.That(inspection.Memory.VariableBytes, Is.EqualTo(compiled.Layout.VariableBytes));
        }
    }

    [Test]
    public void Inspection_WithoutOptimizer_ShowsTheGraphAsDeclared()
    {
        var graph = Classifier();
        var inspection = GraphInspection.Of(graph, Avx2 with { Optimize = false });
        Assert.That(inspection.Rewrites, Is.Empty);
        Assert.That(GraphInspection.Of(graph, Avx2).Rewrites.Select(static r => r.Rule), Does.Contain("elementwise-unbroadcast"));
    }

    [Test]
    public void Inspection_OfAnEmptyGraph_HasNothing()
    {
        var inspection = GraphInspection.Of(new Graph("empty"), Avx2);
        Assert.That((inspection.Nodes.Length, inspection.Kernels.Length, inspection.Memory.PeakBytes), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void Inspection_OfATensorOfAnotherGraph_IsRefused()
    {
        var other = new Graph("other");
        var options = Avx2 with { Outputs = [other.Output("y", other.Input("x", [1]))] };
        Assert.That(() => GraphInspection.Of(Classifier(), options), Throws.TypeOf<GraphException>().With.Message.Contains("GRC0444"));
    }
}
