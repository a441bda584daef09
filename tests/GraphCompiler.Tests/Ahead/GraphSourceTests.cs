using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.EndToEnd;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Tests.Ahead;

/// <summary>What a user finds in a generated class.</summary>
public sealed class GraphSourceTests
{
    [Test]
    public void Emit_GraphWithoutUpdates_RunsAndNamesItsMembers()
    {
        var source = GraphSource.Emit(Affine(), new EmitOptions { Namespace = "App.Graphs", ClassName = "Line" });
        Assert.That(source.FileName, Is.EqualTo("Line.g.cs"));
        Assert.That(source.MapFileName, Is.EqualTo("Line.g.map.json"));
        using var line = new AheadObject(AheadCompilation.Load(source), "App.Graphs.Line");
        line.Set("Batch", 3);
        Steps.Range(6).CopyTo(line.Input<float>("X"));
        line.Call("Run");
        Assert.That(line.Output<float>("Y"), Is.EqualTo(new[] { 3f, 4, 7, 8, 11, 12 }));
        Assert.That(line.Get("Batch"), Is.EqualTo(3L));
    }

    // y = 2x + (3, 2)
    private static Graph Affine()
    {
        var graph = new Graph("affine");
        var x = graph.Input("x", [Dim.Symbol("batch", 16), 2]);
        var shift = graph.Parameter("shift", [2], Init.Values(3f, 2f));
        graph.Output("y", (x * 2) + shift);
        return graph;
    }
}
