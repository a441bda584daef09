using System.Collections.Immutable;
using System.Reflection;
using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Schedule;
using GraphCompiler.Tests.EndToEnd;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Compile;

public sealed class GraphKeyTests
{
    private static readonly Type[] Operators =
        [.. typeof(Operator).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract)];

    /// <summary>What changes neither the program nor where it is looked for.</summary>
    private static readonly string[] Irrelevant =
    [
        nameof(CompileOptions.Workers), nameof(CompileOptions.CacheDirectory), nameof(CompileOptions.Debuggable),
        nameof(CompileOptions.MaxBytes), nameof(CompileOptions.Debug), nameof(CompileOptions.WatchRewrites),
    ];

    [TestCaseSource(nameof(Operators))]
    public void Attributes_OfEveryOperator_AreContent(Type type) =>
        Assert.That(AttributeWriter.IsWritable(type), Is.True);

    [TestCase(typeof(Action))]
    [TestCase(typeof(Graph))]
    [TestCase(typeof(Tensor))]
    public void Attributes_OfWhatHasNoContent_AreRefused(Type type) =>
        Assert.That(AttributeWriter.IsWritable(type), Is.False);

    [Test]
    public void Write_Delegate_Throws()
    {
        using var output = new BinaryWriter(new MemoryStream());
        Assert.That(() => new AttributeWriter(output).Write(() => { }), Throws.TypeOf<NotSupportedException>());
    }

    [Test]
    public void Of_GraphDeclaredAgain_IsTheSame()
    {
        var keys = NamedGraphs.All.Select(static graph => GraphKey.Of(graph, new())).ToArray();
        Assert.That(NamedGraphs.All.Select(static graph => GraphKey.Of(graph, new())), Is.EqualTo(keys));
        Assert.That(keys, Is.Unique);
    }

    // Operators that differ have different bytes, and equal ones the same: their equality is what nodes are shared by.
    [Test]
    public void Write_OperatorsOfAllSamples_DifferAsTheOperatorsDo()
    {
        var operators = OperatorSamples.All.SelectMany(static samples => samples.Samples)
            .SelectMany(static sample => new SampleScope(sample).Graph.Nodes)
            .Select(static node => node.Operator)
            .Where(static op => op is not VariableOp)
            .ToArray();
        Assert.That(operators.Select(static op => op.GetType()).Distinct().Count(), Is.GreaterThan(30));
        var byBytes = operators.ToLookup(Bytes);
        Assert.That(byBytes.All(static same => same.Distinct().Count() == 1), Is.True);
        Assert.That(byBytes.Count, Is.EqualTo(operators.Distinct().Count()));
    }

    [Test]
    public void Of_AnythingOfAGraph_Counts()
    {
        string[] keys =
        [
            Key(static (_, x, w) => x + w),
            Key(static (_, x, w) => w + x),
            Key(static (_, x, w) => x - w),
            Key(static (_, x, w) => (x + w).Named("named")),
            Key(static (_, x, w) => x + w, name: "other"),
            Key(static (_, x, w) => x + w, output: "other"),
            Key(static (_, x, w) => x + w, extent: 5),
            Key(static (_, x, w) => x + w, extent: Dim.Symbol("n", 4)),
            Key(static (_, x, w) => x + w, extent: Dim.Symbol("n", 5)),
            Key(static (_, x, w) => x + w, extent: Dim.Symbol("m", 4)),
            Key(static (_, x, w) => x + w, type: DType.Float64),
            Key(static (graph, x, w) => x + w * graph.Constant(2, w.DType)),
            Key(static (graph, x, w) => x + w * graph.Constant(3, w.DType)),
            Key(static (graph, x, w) => x + w * graph.Constant(0.0, w.DType)),
            Key(static (graph, x, w) => x + w * graph.Constant(-0.0, w.DType)),
            Key(static (graph, x, w) => x + w * graph.Constant(double.NaN, w.DType)),
            Key(static (graph, x, w) => x + w * graph.Constant([1, 2, 3, 4], [4], w.DType)),
            Key(static (graph, x, w) => x + w * graph.Constant([1, 2, 4, 3], [4], w.DType)),
            Key(static (graph, x, w) => Updated(graph, w, w * 2, x + w)),
            Key(static (graph, x, w) => Updated(graph, w, w * 3, x + w)),
            Key(static (graph, x, w) => { _ = w * 2; return x + w; }),
        ];
        Assert.That(keys, Is.Unique);
    }

    [Test]
    public void Of_WhatNoProgramHas_DoesNotCount()
    {
        var key = Key(static (_, x, w) => x + w);
        Assert.That(Key(static (_, x, w) => x + w, init: Init.Values(1f, 2f, 3f, 4f)), Is.EqualTo(key));
    }

    [Test]
    public void Of_EveryOption_CountsOrIsKnownNotTo()
    {
        var graph = Graph(static (_, x, w) => x + w);
        graph.Output("second", graph.Outputs[0].Tensor * 2);
        var one = ImmutableArray.Create(graph.Outputs[0].Tensor);
        var options = new CompileOptions { Target = KernelTarget.Portable };
        (string Name, CompileOptions Options)[] changes =
        [
            (nameof(CompileOptions.Outputs), options with { Outputs = one }),
            (nameof(CompileOptions.Updates), options with { Updates = false }),
            (nameof(CompileOptions.Target), options with { Target = KernelTarget.Avx2 }),
            (nameof(CompileOptions.Optimize), options with { Optimize = false }),
            (nameof(CompileOptions.CheckNumerics), options with { CheckNumerics = true }),
            (nameof(CompileOptions.DisabledRules), options with { DisabledRules = ["a", "b"] }),
            (nameof(CompileOptions.DisabledRules), options with { DisabledRules = ["ab"] }),
            (nameof(CompileOptions.Namespace), options with { Namespace = "Other" }),
            (nameof(CompileOptions.Split), options with { Split = SplitPolicy.Always }),
            (nameof(CompileOptions.Split), options with { Split = SplitPolicy.Default with { ChunkRows = 64 } }),
        ];
        var properties = typeof(CompileOptions)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(static property => property.Name)
            .Where(static name => name != "EqualityContract");
        Assert.That(changes.Select(static c => c.Name).Distinct().Concat(Irrelevant), Is.EquivalentTo(properties));
        string[] keys = [GraphKey.Of(graph, options), .. changes.Select(c => GraphKey.Of(graph, c.Options))];
        Assert.That(keys, Is.Unique);
    }

    [Test]
    public void Of_DisabledRulesInAnotherOrder_IsTheSame()
    {
        var graph = Graph(static (_, x, w) => x + w);
        var names = Enumerable.Range(0, 50).Select(static i => $"rule{i}").ToArray();
        string Of(IEnumerable<string> rules) => GraphKey.Of(graph, new() { DisabledRules = [.. rules] });
        Assert.That(Of(names.Reverse()), Is.EqualTo(Of(names)));
    }

    private static string Bytes(Operator op)
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        new AttributeWriter(output).Write(op);
        output.Flush();
        return Convert.ToHexString(content.ToArray());
    }

    private static Tensor Updated(Graph graph, Tensor variable, Tensor value, Tensor result)
    {
        graph.Update(variable, value);
        return result;
    }

    private static string Key(
        Func<Graph, Tensor, Tensor, Tensor> result,
        string name = "graph",
        string output = "y",
        Dim? extent = null,
        DType type = DType.Float32,
        Initializer? init = null) => GraphKey.Of(Graph(result, name, output, extent, type, init), new());

    private static Graph Graph(
        Func<Graph, Tensor, Tensor, Tensor> result,
        string name = "graph",
        string output = "y",
        Dim? extent = null,
        DType type = DType.Float32,
        Initializer? init = null)
    {
        var graph = new Graph(name);
        var x = graph.Input("x", type, [extent ?? 4, 4]);
        var w = graph.Parameter("w", type, [4], init ?? Init.Zeros);
        graph.Output(output, result(graph, x, w));
        return graph;
    }
}
