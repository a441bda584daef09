using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Optimize;

public sealed class OptimizerTests
{
    private static OptimizedGraph Run(Graph graph, OptimizerOptions? options = null) =>
        Optimizer.Run(graph, graph.Outputs, graph.Updates, options ?? new OptimizerOptions());

    [Test]
    public void Run_DeadNodes_VanishAndUserGraphStays()
    {
        var graph = new Graph("dead");
        var x = graph.Input("x", [4]);
        graph.Input("unused", [4]);
        x.Exp();
        graph.Output("y", x.Sqrt());
        var before = graph.ToString();

        var optimized = Run(graph);

        Assert.That(optimized.Graph.Name, Is.EqualTo("dead"));
        Assert.That(optimized.Graph.Nodes.Select(n => n.Operator.Name), Is.EqualTo(new[] { "input", "sqrt" }));
        Assert.That(graph.ToString(), Is.EqualTo(before));
    }

    [Test]
    public void Run_EqualAfterRewriting_Merge()
    {
        var graph = new Graph();
        var (a, b) = (graph.Input("a", [4]), graph.Input("b", [4]));
        graph.Output("sum", a + b);
        graph.Output("difference", a - (-b));

        var optimized = Run(graph);

        Assert.That(optimized.Graph.Nodes, Has.Count.EqualTo(3));
        Assert.That(optimized.Graph.Outputs[0].Tensor, Is.SameAs(optimized.Graph.Outputs[1].Tensor));
        Assert.That(optimized.Graph.Outputs[0].Tensor.Names, Is.EqualTo(new[] { "sum", "difference" }));
    }

    [Test]
    public void Find_LeavesAndWhatWasRebuilt_AreThere()
    {
        var graph = new Graph();
        var x = graph.Input("x", [4]);
        var negated = -x;
        var again = -negated;
        graph.Output("y", again.Exp());

        var optimized = Run(graph);

        Assert.That(optimized.Find(x)!.Node.Operator, Is.EqualTo(x.Node.Operator));
        Assert.That(optimized.Find(again), Is.SameAs(optimized.Find(x)));
        Assert.That(optimized.Find(negated), Is.Null);
        Assert.That(optimized.Find(again)!.Graph, Is.SameAs(optimized.Graph));
        Assert.That(optimized.Graph.Leaves["x"], Is.SameAs(optimized.Find(x)));
    }

    [Test]
    public void Find_NothingRewritten_IsThere()
    {
        var graph = new Graph();
        var x = graph.Input("x", [4]);
        var dead = x + 2;
        var y = graph.Output("y", x.Exp().Named("e"));

        var optimized = Run(graph);

        Assert.That(optimized.Graph, Is.Not.SameAs(graph));
        Assert.That(optimized.Graph.Nodes, Has.Count.EqualTo(2));
        Assert.That(optimized.Find(dead), Is.Null);
        Assert.That(optimized.Find(y), Is.SameAs(optimized.Graph.Outputs[0].Tensor));
        Assert.That(optimized.Find(y)!.Names, Is.EqualTo(new[] { "e", "y" }));
        Assert.That(optimized.Graph.NameLog.Select(static n => n.Name), Is.EqualTo(new[] { "x", "e", "y" }));
    }

    [Test]
    public void Run_Updates_KeepVariablesThatNothingReads()
    {
        var graph = new Graph();
        var x = graph.Input("x", [4]);
        var state = graph.State("last", DType.Float32, [4], Init.Zeros);
        graph.Update(state, x * 1);

        var optimized = Run(graph);

        var (variable, value) = optimized.Graph.Updates.Single();
        Assert.That(variable, Is.SameAs(optimized.Find(state)));
        Assert.That(value, Is.SameAs(optimized.Find(x)));
        Assert.That(variable.Names, Is.EqualTo(new[] { "last" }));
    }

    [Test]
    public void Run_Gradients_KeepTheirNames()
    {
        var graph = new Graph();
        var (x, q) = (graph.Input("x", [3]), graph.Parameter("q", [3], Init.Zeros));
        var loss = graph.Output("loss", (-(x * q)).Sum());
        graph.Output("gradient", graph.Gradients(loss, q)[0]);

        var optimized = Run(graph);

        Assert.That(optimized.Graph.Outputs[1].Tensor.Names, Is.EqualTo(new[] { "d_q", "gradient" }));
    }

    [Test]
    public void Run_NameLog_KeepsItsOrder()
    {
        var graph = new Graph();
        var a = graph.Input("a", [3]);
        var b = a.Exp().Named("b");
        var c = graph.Input("c", [3]);
        graph.Output("d", b * c);

        Assert.That(Run(graph).Graph.NameLog.Select(n => n.Name), Is.EqualTo(new[] { "a", "b", "c", "d" }));
    }

    [Test]
    public void Run_Origins_AreCarriedOver()
    {
        var graph = new Graph();
        var (x, y) = (graph.Input("x", [3]), graph.Input("y", [3]));
        var product = x.Multiply(y.Negate());
        graph.Output("z", product);

        var optimized = Run(graph).Graph;

        Assert.That(optimized.Nodes, Has.Count.EqualTo(4));
        Assert.That(optimized.Nodes.All(n => n.Origins.Count > 0 && n.Origins[0].ToString().StartsWith("OptimizerTests.cs", StringComparison.Ordinal)));
        Assert.That(optimized.Outputs[0].Tensor.Node.Origins[0].Line, Is.EqualTo(product.Node.Origins[0].Line));
    }

    [Test]
    public void Run_SymbolOfADeadInput_KeepsTheInput()
    {
        var graph = new Graph();
        var batch = Dim.Symbol("batch", 8);
        var x = graph.Input("x", [batch, 3]);
        graph.Input("other", [batch]);
        graph.Output("n", graph.Extent(batch) * 2);

        var optimized = Run(graph);

        Assert.That(optimized.Graph.Leaves.Keys, Is.EqualTo(new[] { "x" }));
        Assert.That(optimized.Find(x), Is.Not.Null);
        Assert.That(Again(optimized).ToString(), Is.EqualTo(optimized.Graph.ToString()));
    }

    [Test]
    public void Run_Disabled_OnlyDropsDeadNodes()
    {
        var graph = new Graph();
        var x = graph.Input("x", [4]);
        x.Exp();
        graph.Output("y", -(-x));

        Assert.That(Run(graph, new OptimizerOptions { Enabled = false }).Graph.Nodes, Has.Count.EqualTo(3));
        Assert.That(Run(graph, new OptimizerOptions { DisabledRules = ["negate-negate"] }).Graph.Nodes, Has.Count.EqualTo(3));
        Assert.That(Run(graph).Graph.Nodes, Has.Count.EqualTo(1));
    }

    [Test]
    public void Run_Trace_NamesTheRule()
    {
        var graph = new Graph();
        var x = graph.Input("x", [4]);
        graph.Output("y", -(-x));
        var trace = new List<string>();

        Run(graph, new OptimizerOptions { Trace = (rule, node, replacement) => trace.Add($"{rule}: {node.Operator.Name} -> {replacement.Node.Operator.Name}") });

        Assert.That(trace, Is.EqualTo(new[] { "negate-negate: negate -> input" }));
    }

    [Test]
    public void Run_MultipleResults_KeepTheirIndices()
    {
        var graph = new Graph();
        var (values, indices) = (-(-graph.Input("x", [4, 9]))).TopK(2);
        graph.Output("i", indices);
        graph.Output("v", values);

        var optimized = Run(graph);

        Assert.That(optimized.Find(indices)!.Index, Is.EqualTo(1));
        Assert.That(optimized.Graph.Nodes, Has.Count.EqualTo(2));
    }

    [TestCase(0.0)]
    [TestCase(-0.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(1e-45)]
    public void Run_DivisionByAnOddConstant_KeepsBits(double divisor)
    {
        var graph = new Graph();
        graph.Output("y", graph.Input("x", [13, 13]) / divisor);

        Assert.That(OptimizerAssert.Optimizes(graph).Rules, Is.Empty);
    }

    [Test]
    public void Run_TensorOfAnotherGraph_IsTheUsersMistake()
    {
        var other = new Graph("other").Input("x", [1]);
        var graph = new Graph();

        var error = Assert.Throws<GraphException>(() => Optimizer.Run(graph, [("y", other)], [], new OptimizerOptions()));

        Assert.That(error!.Id, Is.EqualTo("GRC0117"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Run_ChainOf100000Nodes_IsLinear(bool rewritten)
    {
        var graph = new Graph();
        var x = graph.Input("x", [2]);
        var y = x;
        for (var i = 0; i < 50_000; i++)
        {
            y = rewritten ? y.Negate().Multiply(x) : y.Exp().Add(x);
        }

        graph.Output("y", y);

        var optimized = Run(graph);

        Assert.That(optimized.Graph.Nodes, Has.Count.EqualTo(rewritten ? 50_001 : 100_001));
        Assert.That(Again(optimized).Nodes, Has.Count.EqualTo(optimized.Graph.Nodes.Count));
    }

    private static Graph Again(OptimizedGraph optimized) => Run(optimized.Graph).Graph;
}
