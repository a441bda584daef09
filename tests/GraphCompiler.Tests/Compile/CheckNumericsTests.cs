using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Schedule;
using GraphCompiler.Tests.EndToEnd;
using GraphCompiler.Training;

namespace GraphCompiler.Tests.Compile;

/// <summary>The first value that is not finite is found where it arises, and nothing changes because of it.</summary>
public sealed class CheckNumericsTests
{
    private static readonly CompileOptions Checked = new() { CheckNumerics = true, CacheDirectory = "" };

    [Test]
    public void Run_LogOfNegative_NamesNodeLineElementAndOperand()
    {
        var graph = new Graph();
        var x = graph.Input("x", [2, 3]);
        var z = (x - 1).Named("z");
        var h = z.Log().Named("h");
        graph.Output("y", h.Exp());

        var error = Failure(graph, Checked, ("x", [2, 3, 4, 5, 6, 0.5f]));

        Assert.That(error.Id, Is.EqualTo("GRC0470"));
        Assert.That(error.Message, Does.Contain("\"h\", a result of log, is NaN at [1, 2]; there \"z\" is -0.5; forward pass (CheckNumericsTests.cs:"));
        Assert.That((error.File, error.Line), Is.EqualTo((h.Node.Origins[0].File, h.Node.Origins[0].Line)));
    }

    [Test]
    public void Run_InfinityInBackwardPassOnly_NamesTheRuleAndLeavesVariables()
    {
        var graph = new Graph();
        var x = graph.Input("x", [3]);
        var w = graph.Parameter("w", [3], Init.Constant(1));
        var r = (x * w).Sqrt().Named("r");
        var loss = graph.Output("loss", r.Sum());
        graph.Sgd(loss, [w], new SgdOptions { LearningRate = 0.1 });
        using var compiled = graph.Compile(Checked);
        using var step = compiled.CreateExecution();

        step.Feed<float>("x", [1, 0, 4]);
        var error = Assert.Throws<GraphException>(step.Run)!;

        Assert.That(error.Message, Does.Contain("is Infinity at [1]").And.Contain("backward pass, by the rule of sqrt, which makes \"r\" at CheckNumericsTests.cs:"));
        Assert.That(step.Variables["w"].Read<float>(), Is.EqualTo(new float[] { 1, 1, 1 }));

        step.Feed<float>("x", [1, 4, 4]);
        step.Run();
        Assert.That(step.Variables["w"].Read<float>(), Is.EqualTo(new float[] { 0.95f, 0.9f, 0.9f }).Within(1e-6f), "and goes on");
    }

    [Test]
    public void Run_MomentsOfAnOptimizer_AreLeftTooWhenTheGradientIsNotFinite()
    {
        var graph = new Graph();
        var x = graph.Input("x", [2]);
        var w = graph.Parameter("w", [2], Init.Constant(1));
        var loss = graph.Output("loss", (x * w).Exp().Sum());
        graph.Adam(loss, [w]);
        using var compiled = graph.Compile(Checked);
        using var step = compiled.CreateExecution();
        step.Feed<float>("x", [1, 2]);
        step.Run();
        var before = step.Variables.ToDictionary(static v => v.Name, Values);

        step.Feed<float>("x", [1, 1000]);
        Assert.That(Assert.Throws<GraphException>(step.Run)!.Message, Does.Contain("is Infinity at [1]").And.Contain("forward"));

        Assert.That(step.Variables.ToDictionary(static v => v.Name, Values), Is.EqualTo(before));
    }

    [TestCase(1)]
    [TestCase(4)]
    public void Run_LargeTensorsOnSeveralWorkers_FindsTheElement(int workers)
    {
        var graph = new Graph();
        var (n, m) = (Dim.Symbol("n", 300), Dim.Symbol("m", 200));
        var x = graph.Input("x", [n, m]);
        var (y, k) = (graph.Input("y", [m, 64]), (x + 1).Reciprocal().Named("k"));
        graph.Output("product", k.MatMul(y).Sum([1]));
        var values = new float[251 * 150];
        values[(17 * 150) + 33] = -1;
        values[(200 * 150) + 1] = -1;

        var error = Failure(graph, Checked with { Workers = workers, Split = SplitPolicy.Always }, ("x", values), ("y", new float[150 * 64]), ("n", 251), ("m", 150));

        Assert.That(error.Message, Does.Contain("\"k\"").And.Contain("at [17, 33], as 1 more of its 37650 elements").And.Contain("is 0;"));
    }

    [Test]
    public void Run_SumThatOverflows_ShowsTheRangeOfTheOperand()
    {
        var graph = new Graph();
        var x = graph.Input("x", [2, 40]);
        graph.Output("y", x.Sum([1]).Named("total"));

        var error = Failure(graph, Checked, ("x", [.. Enumerable.Repeat(1f, 40), .. Enumerable.Repeat(3e38f, 40)]));

        Assert.That(error.Message, Does.Contain("\"total\"").And.Contain("sum, is Infinity at [1]").And.Contain("\"x\" is from 1 to 3E+38"));
    }

    [Test]
    public void Run_ProductThatOverflows_IsFound()
    {
        var graph = new Graph();
        var (a, b) = (graph.Input("a", [3, 2]), graph.Input("b", [2, 3]));
        graph.Output("y", (a.MatMul(b).Named("ab") + 1).Tanh());

        Assert.That(Failure(graph, Checked, ("a", [1, 1, 1, 1, 1e30f, 1]), ("b", [1, 1e20f, 1, 1, 1, 1])).Message, Does.Contain("\"ab\"").And.Contain("[2, 1]"));
    }

    [Test]
    public void Run_LabelOutOfRange_IsFoundWhereItIsLookedUp()
    {
        var graph = new Graph();
        var (logits, labels) = (graph.Input("logits", [3, 4]), graph.Input("labels", DType.Int32, [3]));
        graph.Output("loss", logits.CrossEntropy(labels).Mean());
        using var compiled = graph.Compile(Checked);
        using var run = compiled.CreateExecution();
        run.Feed<float>("logits", new float[12]);
        run.Feed<int>("labels", [0, 4, 1]);

        var error = Assert.Throws<GraphException>(run.Run)!;

        Assert.That(error.Message, Does.Contain("is NaN at [1").And.Contain("CheckNumericsTests.cs:"));
    }

    [Test]
    public void Run_InputOrVariableThatIsNotFinite_IsNamed()
    {
        var graph = new Graph();
        var (x, w) = (graph.Input("x", [2]), graph.Parameter("w", [2], Init.Values(1f, float.NegativeInfinity)));
        graph.Output("y", x + w);

        Assert.That(Failure(graph, Checked, ("x", [1, float.NaN])).Message, Does.Contain("input \"x\" is NaN at [1]; it was fed so"));
        Assert.That(Failure(graph, Checked, ("x", [1, 1])).Message, Does.Contain("parameter \"w\" is -Infinity at [1]; it was so before the run"));
    }

    [Test]
    public void Run_Float64AndConversions_AreCheckedToo()
    {
        var graph = new Graph();
        var x = graph.Input("x", DType.Float64, []);
        graph.Output("y", x.Cast(DType.Float32).Named("narrow"));
        using var compiled = graph.Compile(Checked);
        using var run = compiled.CreateExecution();
        run.Feed("x", 1e300);

        Assert.That(Assert.Throws<GraphException>(run.Run)!.Message, Does.Contain("\"narrow\", a result of cast, is Infinity; \"x\" is 1E+300"));
    }

    [Test]
    public void Run_ConstantNaN_IsFoundWhereItIsUsed()
    {
        var graph = new Graph();
        var x = graph.Input("x", [2]);
        graph.Output("y", (x + graph.Constant(double.NaN)).Named("sum"));

        Assert.That(Failure(graph, Checked, ("x", [1, 2])).Message, Does.Contain("\"sum\""));
    }

    [Test]
    public void Run_InfinityMinusInfinity_IsFoundThoughTheInfinitiesAreMeant()
    {
        var graph = new Graph();
        var x = graph.Input("x", [2]);
        var masked = Op.Select(x < graph.Constant(0), graph.Constant(double.NegativeInfinity), x).Named("masked");
        graph.Output("y", (masked - masked).Named("difference"));

        Assert.That(Failure(graph, Checked, ("x", [1, -1])).Message, Does.Contain("\"difference\"").And.Contain("there \"masked\" is -Infinity"));
        Assert.That(Run(graph, Checked, ("x", [1, 2])), Is.EqualTo(new float[] { 0, 0 }));
    }

    [Test]
    public void Run_MaskedSoftmax_IsNoMistake()
    {
        var graph = new Graph();
        var x = graph.Input("x", [2, 3]);
        graph.Output("y", Op.Select(x < graph.Constant(0), graph.Constant(double.NegativeInfinity), x).Softmax());

        Assert.That(Run(graph, Checked, ("x", [1, -1, 1, -1, 1, 1])), Is.EqualTo(new[] { 0.5f, 0, 0.5f, 0, 0.5f, 0.5f }));
    }

    [Test]
    public void Run_ValueThatASelectionThrowsAway_IsNoMistake()
    {
        var graph = new Graph();
        var x = graph.Input("x", [3]);
        graph.Output("y", Op.Select(x < graph.Constant(0), graph.Constant(0), (x + x.Sqrt()).Reshape([3])));
        graph.Output("slope", graph.Gradients(x.Pow(graph.Input("p", [3])).Sum(), x)[0]);

        Assert.That(Run(graph, Checked, ("x", [4, -1, 1]), ("p", [2, 2, 2])), Is.EqualTo(new[] { 6f, 0, 2 }));
    }

    [Test]
    public void Run_InfinityThatAFunctionHides_IsFound()
    {
        var graph = new Graph();
        var x = graph.Input("x", [2]);
        graph.Output("y", x.Exp().Named("e").Tanh());

        Assert.That(Failure(graph, Checked, ("x", [1, 100])).Message, Does.Contain("\"e\""));
    }

    [Test]
    public void Run_GraphsThatEverybodyWrites_GiveTheSameAsUnchecked([Values(0, 1, 2, 3, 4, 5)] int number, [Values(1, 3)] int workers)
    {
        var graph = NamedGraphs.All.ElementAt(number);
        var random = new Random(number);
        var feeds = graph.Leaves.Values.ToDictionary(
            static leaf => leaf,
            leaf =>
            {
                var shape = leaf.Shape.Evaluate(static _ => 5);
                var data = new double[shape.Aggregate(1L, static (a, b) => a * b)];
                return new ReferenceArray(leaf.DType, shape, [.. data.Select(_ => leaf.DType == DType.Int32 ? random.Next(3) : random.NextSingle() * 0.5)]);
            });
        using var plain = graph.Compile(new() { CacheDirectory = "" });
        using var compiled = graph.Compile(Checked with { Split = SplitPolicy.Always });

        var expected = GraphRun.Run(graph, plain, feeds, 5, workers);
        var actual = GraphRun.Run(graph, compiled, feeds, 5, workers);

        foreach (var (a, b) in actual.Zip(expected))
        {
            Assert.That(a.Values, Is.EqualTo(b.Values).Within(1e-5), $"{graph.Name}: {a.Name}");
        }
    }

    [Test]
    public void Compile_WithoutCheck_HasNoTraceOfIt()
    {
        var graph = NamedGraphs.Mlp();
        using var compiled = graph.Compile(new() { CacheDirectory = "" });
        using var twice = graph.Compile(Checked);

        Assert.That(compiled.Source, Does.Not.Contain("Commit"));
        Assert.That(twice.Source, Does.Contain("Commit"));
        Assert.That(twice.Layout.ArenaBytes, Is.GreaterThan(compiled.Layout.ArenaBytes));
    }

    [Test]
    public void Compile_CheckedTwice_TakesKernelsFromTheCache()
    {
        var graph = NamedGraphs.Logistic();
        var directory = Directory.CreateTempSubdirectory("numerics-").FullName;
        using (graph.Compile(Checked with { CacheDirectory = directory }))
        {
        }

        using var again = graph.Compile(Checked with { CacheDirectory = directory });
        using var run = again.CreateExecution();
        run.Feed("x1", float.NaN);
        run.Feed("x2", 1f);
        run.Feed("y", 1f);

        Assert.That(again.WasCached, Is.True);
        Assert.That(run.Run, Throws.TypeOf<GraphException>());
        Directory.Delete(directory, recursive: true);
    }

    private static double[] Values(Variable variable) => variable.Type == DType.Float64 ? variable.Read<double>()
        : Array.ConvertAll(variable.Read<float>(), static v => (double)v);

    private static GraphException Failure(Graph graph, CompileOptions options, params (string Name, float[] Values)[] feeds) =>
        Failure(graph, options, [.. feeds.Select(static f => (f.Name, (object)f.Values))]);

    private static GraphException Failure(Graph graph, CompileOptions options, params (string Name, object Value)[] feeds) =>
        Assert.Throws<GraphException>(() => Run(graph, options, feeds))!;

    private static float[] Run(Graph graph, CompileOptions options, params (string Name, float[] Values)[] feeds) =>
        Run(graph, options, [.. feeds.Select(static f => (f.Name, (object)f.Values))]);

    private static float[] Run(Graph graph, CompileOptions options, (string Name, object Value)[] feeds)
    {
        using var compiled = graph.Compile(options);
        using var run = compiled.CreateExecution();
        foreach (var (name, value) in feeds)
        {
            if (value is int symbol)
            {
                run.Bind(name, symbol);
            }
        }

        foreach (var (name, value) in feeds)
        {
            if (value is float[] values)
            {
                run.Feed<float>(name, values);
            }
        }

        run.Run();
        return run.Read<float>(graph.Outputs[0].Name);
    }
}
