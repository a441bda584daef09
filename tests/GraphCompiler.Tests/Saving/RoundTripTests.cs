using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Saving;
using GraphCompiler.Tests.EndToEnd;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Saving;

/// <summary>A loaded graph is the saved one: the same key, and so the same program.</summary>
public sealed class RoundTripTests
{
    private static IEnumerable<string> Operators => OperatorSamples.Names;

    private static readonly Type[] OperatorTypes =
        [.. typeof(Operator).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract)];

    [TestCaseSource(nameof(Operators))]
    public void Load_GraphOfAnOperator_IsTheSavedOne(string name)
    {
        foreach (var sample in OperatorSamples.Named(name).Samples)
        {
            var scope = new SampleScope(sample);
            scope.Graph.Output("y", scope.Results[0].Tensor);
            AssertSame(scope.Graph, Loaded(scope.Graph));
        }
    }

    [TestCaseSource(nameof(OperatorTypes))]
    public void Attributes_OfEveryOperator_CanBeSaved(Type type) =>
        Assert.That(SavedRecord.Of(type).Members.All(static m => m.HoldsBits || ValueReader.Knows(m.Field.FieldType)), Is.True);

    [Test]
    public void Names_OfAllOperators_DifferAndStayWhatFilesHold() =>
        Assert.That(GraphCompiler.Saving.OperatorTypes.Names, Is.SupersetOf(new[]
        {
            "abs", "add", "and", "broadcast", "cast", "concatenate", "constant", "contract", "copy", "divide", "equal", "erf", "exp",
            "extent", "gather", "input", "iota", "leaky_relu", "less", "less_or_equal", "log", "max_reduce", "maximum", "min_reduce",
            "minimum", "multiply", "negate", "not", "not_equal", "or", "pad", "power", "reciprocal", "relu", "reshape", "scatter_add",
            "select", "sigmoid", "slice", "sqrt", "stop_gradient", "subtract", "sum", "tanh", "top_k", "transpose", "upstream", "variable",
        }));

    [Test]
    public void Load_GraphsThatEverybodyWrites_AreTheSavedOnes()
    {
        foreach (var graph in NamedGraphs.All)
        {
            var loaded = Loaded(graph);
            AssertSame(graph, loaded);
            Assert.That(ProgramSource(loaded), Is.EqualTo(ProgramSource(graph)));
            GraphVerifier.Verify(loaded);
        }
    }

    [Test]
    public void Load_Initializers_AreTheSavedOnes()
    {
        var graph = new Graph();
        Initializer[] all =
        [
            Init.Zeros, Init.Constant(-0.0), Init.Constant(double.NaN), Init.Uniform(-0.1, 1e300, 7), Init.Normal(0.1, 2, long.MinValue),
            Init.Glorot(long.MaxValue), Init.He(-1), Init.Values(1f, -0f, float.NaN, float.PositiveInfinity), Init.Values(1, 2), Init.Values(Array.Empty<double>()),
        ];
        for (var i = 0; i < all.Length; i++)
        {
            graph.Parameter($"p{i}", [i], all[i]);
        }

        var loaded = Loaded(graph);

        Assert.That(loaded.Nodes.Select(static n => ((VariableOp)n.Operator).Init), Is.EqualTo(all));
        var kinds = typeof(Initializer).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Initializer)) && !t.IsAbstract);
        Assert.That(all.Select(static i => i.GetType()).Distinct(), Is.EquivalentTo(kinds), "a new one has to be saved too");
    }

    [TestCase(0.0)]
    [TestCase(-0.0)]
    [TestCase(0.1)]
    [TestCase(double.Epsilon)]
    [TestCase(double.MaxValue)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(double.NaN)]
    public void Load_Constant_HasTheSameBits(double value)
    {
        var graph = new Graph();
        graph.Constant(value, DType.Float64);
        graph.Constant([value, 1, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0123)], [3], DType.Float64);

        AssertSame(graph, Loaded(graph));
    }

    [Test]
    public void Load_NamesInTheirOrder_HostileOnesToo()
    {
        var graph = new Graph("a \"graph\"\n*/ \u2028 \0");
        var x = graph.Input("x\\", [Dim.Symbol("n\"]", 4), 2]);
        using (graph.Scope("$.nodes[0]"))
        {
            var w = graph.Parameter("ω}", [2], Init.Zeros);
            x.Named("later");
            graph.Output("𝄞", (x + w).Named("sum").Named("again"));
        }

        var loaded = Loaded(graph);

        AssertSame(graph, loaded);
        Assert.That(loaded.NameLog.Select(static n => (n.Name, n.Tensor.Id)), Is.EqualTo(graph.NameLog.Select(static n => (n.Name, n.Tensor.Id))));
        Assert.That(loaded.ToString(), Is.EqualTo(graph.ToString()));
    }

    [Test]
    public void Load_TwoSymbolsOfOneName_StayTwo()
    {
        var graph = new Graph();
        graph.Iota(Dim.Symbol("n", 3));
        graph.Iota(Dim.Symbol("n", 4));
        graph.Iota(Dim.Symbol("n", 4) * Dim.Symbol("m", 5) * 2);

        AssertSame(graph, Loaded(graph));
    }

    [Test]
    public void Load_Origins_AreTheLinesThatDeclared()
    {
        var graph = new Graph();
        var x = graph.Input("x", [3]);
        var y = x.Exp();
        graph.Gradients(y.Sum(), x);

        var loaded = Loaded(graph);

        Assert.That(loaded.Nodes.Select(static n => string.Join(" ", n.Origins)), Is.EqualTo(graph.Nodes.Select(static n => string.Join(" ", n.Origins))));
        Assert.That(loaded.Nodes[y.Node.Id].Origins[0].File, Does.EndWith("RoundTripTests.cs"));
        Assert.That(loaded.Nodes.Select(static n => n.GradientOf?.Id), Is.EqualTo(graph.Nodes.Select(static n => n.GradientOf?.Id)));
        Assert.That(loaded.Nodes.Count(static n => n.GradientOf is not null), Is.GreaterThan(0));
    }

    [Test]
    public void Load_ScopesAndStepsOfDifferentiation_AreWhatTheyWere()
    {
        var graph = new Graph();
        var x = graph.Input("x", [4, 3]);
        Tensor y;
        using (graph.Scope("outer"))
        using (graph.Scope("inner"))
        {
            y = x * graph.Parameter("w", [3], Init.Zeros);
        }

        graph.Gradients((y * y).Sum(), x, y.Node.Inputs[1]);

        var loaded = Loaded(graph);

        Assert.That(loaded.Nodes.Select(static n => n.Provenance.ToString()), Is.EqualTo(graph.Nodes.Select(static n => n.Provenance.ToString())));
        Assert.That(
            loaded.Nodes.Select(static n => n.Provenance.Step).Distinct(),
            Is.EquivalentTo(new GradientStep?[] { null, GradientStep.Seed, GradientStep.Rule, GradientStep.Unbroadcast, GradientStep.Accumulate }));
        Assert.That(loaded.Nodes.Select(static n => n.Provenance.Scope).Distinct(), Is.EquivalentTo(new[] { "", "outer/inner" }));
    }

    [Test]
    public void Save_Again_IsTheSameBytes()
    {
        var graph = NamedGraphs.Mlp(momentum: true);
        Assert.That(Bytes(Loaded(graph)), Is.EqualTo(Bytes(graph)));
    }

    [Test]
    public void Load_EmptyGraph_IsEmpty() => AssertSame(new Graph(""), Loaded(new Graph("")));

    [Test]
    public void Load_LoadedGraph_TakesMoreNodes()
    {
        var graph = new Graph();
        graph.Input("x", [3]).Exp();
        var loaded = Loaded(graph);

        Assert.That(loaded.Nodes[0].Results[0].Exp().Node, Is.SameAs(loaded.Nodes[1]), "interned");
        Assert.That(() => loaded.Input("x", [4]), Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo("GRC0112"));
    }

    [Test]
    public void Save_NameWithHalfASurrogatePair_Throws()
    {
        var graph = new Graph();
        graph.Input("x\ud800", [3]);

        Assert.That(() => graph.Save(Stream.Null), Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo("GRC0463"));
    }

    [Test]
    public void Load_LongChain_NeedsNeitherDepthNorSquareTime()
    {
        const int Nodes = 100_000;
        var graph = new Graph();
        var x = graph.Input("x", [3]);
        for (var i = 1; i < Nodes; i++)
        {
            x = (i % 2 == 0 ? x.Exp() : x + x).Named($"n{i}");
        }

        graph.Output("y", x);
        AssertSame(graph, Loaded(graph));
    }

    internal static Graph Loaded(Graph graph)
    {
        using var stream = new MemoryStream(Bytes(graph));
        return Graph.Load(stream);
    }

    internal static byte[] Bytes(Graph graph)
    {
        using var stream = new MemoryStream();
        graph.Save(stream);
        return stream.ToArray();
    }

    private static void AssertSame(Graph graph, Graph loaded)
    {
        Assert.That(GraphKey.Of(loaded, new()), Is.EqualTo(GraphKey.Of(graph, new())));
        Assert.That(loaded.Nodes.Select(static n => n.Operator), Is.EqualTo(graph.Nodes.Select(static n => n.Operator)));
    }

    private static string ProgramSource(Graph graph) => Pipeline.Generate(graph, new() { Target = KernelTarget.Avx2 }, default).Source;
}
