using System.Runtime.InteropServices;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.EndToEnd;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Tests.Ahead;

/// <summary>What a program holds: types, values, sizes at their limits, what it was generated for.</summary>
public sealed class ContentTests
{
    [Test]
    public void Values_OfConstantsAndInitialisers_KeepTheirBits()
    {
        double[] special = [double.NaN, BitConverter.Int64BitsToDouble(0x7ff8_0000_0000_0abc), -0.0, 0, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -1.1, 1e300];
        var graph = new Graph("values");
        graph.Output("table", graph.Constant(special, [9], DType.Float64).Gather(graph.Input("i", DType.Int32, [9])));
        graph.Output("variable", graph.Parameter("v", DType.Float64, [9], Init.Values(special)).Gather(graph.Input("j", DType.Int32, [9])));
        foreach (var (name, init) in new[] { ("u", Init.Uniform(-0.3, 0.7, 5)), ("n", Init.Normal(1e-3, 2, -7)), ("g", Init.Glorot(long.MinValue)), ("h", Init.He(long.MaxValue)), ("c", Init.Constant(-0.0)) })
        {
            graph.Output($"{name}Out", graph.Parameter(name, [3, 5], init).Abs());
        }

        using var net = Load(graph);
        int[] order = [8, 7, 6, 5, 4, 3, 2, 1, 0];
        order.CopyTo(net.Input<int>("I"));
        order.CopyTo(net.Input<int>("J"));
        net.Call("Run");
        var expected = MemoryMarshal.Cast<double, long>(special.AsSpan()).ToArray().Reverse();
        Assert.That(MemoryMarshal.Cast<double, long>(net.Output<double>("Table").AsSpan()).ToArray(), Is.EqualTo(expected));
        Assert.That(MemoryMarshal.Cast<double, long>(net.Output<double>("Variable").AsSpan()).ToArray(), Is.EqualTo(expected));

        using var compiled = graph.Compile(Steps.Options);
        using var execution = compiled.CreateExecution();
        foreach (var name in new[] { "u", "n", "g", "h", "c" })
        {
            Assert.That(net.Variables[name].Read<float>(), Is.EqualTo(execution.Variables[name].Read<float>()), name);
            Assert.That(net.Variables[name].Info.Init, Is.EqualTo(execution.Variables[name].Info.Init), name);
        }
    }

    [Test]
    public void Shapes_EmptyScalarAndBool_AreSpansOfThatLength()
    {
        var graph = new Graph("shapes");
        graph.Output("empty", graph.Input("nothing", [0, 3]) + 1);
        graph.Output("scalar", graph.Input("one", Shape.Scalar) * 2);
        graph.Output("flag", graph.Input("flags", DType.Bool, [3]).Not());
        using var net = Load(graph);
        Assert.That(net.Input<float>("Nothing").Length, Is.Zero);
        net.Input<float>("One")[0] = 4;
        net.Input<bool>("Flags")[1] = true;
        net.Call("Run");
        Assert.That(net.Output<float>("Empty"), Is.Empty);
        Assert.That(net.Output<float>("Scalar"), Is.EqualTo(new[] { 8f }));
        Assert.That(net.Output<bool>("Flag"), Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public void Steps_MoreThanOneMethodHolds_RunInOrder()
    {
        var graph = new Graph("chain");
        var h = graph.Input("x", [2, 2]);
        for (var i = 0; i < 230; i++)
        {
            h = h.MatMul(graph.Parameter($"w{i}", [2, 2], Init.Values(0f, 1, 1, 0)));
        }

        graph.Output("y", h);
        using var net = Load(graph);
        Steps.Range(4).CopyTo(net.Input<float>("X"));
        net.Call("Run");
        Assert.That(net.Output<float>("Y"), Is.EqualTo(Steps.Range(4)));
    }

    [Test]
    public void Graph_WithUpdatesAlone_TrainsAndHasNoRun()
    {
        var graph = new Graph("counter");
        var n = graph.State("n", DType.Int32, Shape.Scalar, Init.Zeros);
        graph.Update(n, n + 1);
        using var net = Load(graph);
        net.Call("Train");
        net.Call("Train");
        Assert.That(net.Variables["n"].Read<int>(), Is.EqualTo(new[] { 2 }));
        Assert.That(net.Variables["n"].Info.IsState);
        Assert.That(net.Has("Run"), Is.False);
    }

    [Test]
    public void SaveAndLoad_OfAnotherObject_RestoreTheVariables()
    {
        var folder = Directory.CreateTempSubdirectory("graphcompiler-");
        try
        {
            var graph = new Graph("counter");
            var n = graph.State("n", DType.Int32, Shape.Scalar, Init.Zeros);
            graph.Update(n, n + 1);
            using var first = Load(graph);
            first.Call("Train");
            first.Save(Path.Combine(folder.FullName, "n.safetensors"));
            using var second = Load(graph);
            second.Load(Path.Combine(folder.FullName, "n.safetensors"));
            Assert.That(second.Variables["n"].Read<int>(), Is.EqualTo(new[] { 1 }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Code as it would be on a processor without AVX-512, or for a runtime of long ago.
    [TestCase("Tile512.IsSupported", "1 is 2", "GRC0451")]
    [TestCase("abiVersion: ", "abiVersion: 100", "GRC0441")]
    public void New_GeneratedForAnotherMachineOrRuntime_SaysSo(string text, string instead, string id)
    {
        var graph = new Graph("g");
        graph.Output("y", graph.Input("x", [2]) + 1);
        var source = GraphSource.Emit(graph, new EmitOptions { ClassName = "Net", Targets = [KernelTarget.Avx512] }).Text;
        Assert.That(source, Does.Contain(text));
        var changed = source.Replace(text, instead, StringComparison.Ordinal);
        var assembly = AheadCompilation.Load(AheadCompilation.Of(LanguageVersion.CSharp9, changed));
        var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => new AheadObject(assembly, "Net").Dispose())!;
        Assert.That(((GraphException)error.InnerException!).Id, Is.EqualTo(id));
    }

    private static AheadObject Load(Graph graph) => new(
        AheadCompilation.Load(GraphSource.Emit(graph, new EmitOptions { ClassName = "Net", Targets = [KernelTarget.Portable] })), "Net");
}
