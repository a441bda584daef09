using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Tests.CodeGen;

public sealed class TileUsesTests
{
    [Test]
    public void Of_AProduct_AreItsWholeTilesAndThoseAtTheEdges()
    {
        // 64 rows are four tiles of 13 and one of 12; 72 columns two of 32 and one of 8.
        var tiles = Of(static g => g.Output("y", g.Input("a", [64, 20]).MatMul(g.Input("b", [20, 72]))), KernelTarget.Avx512);

        Assert.That(tiles.Select(static t => (t.VectorBits, t.Type)), Is.All.EqualTo((512, DType.Float32)));
        Assert.That(tiles.Select(static t => (t.Rows, t.Columns)), Is.EquivalentTo(new[] { (13, 32), (12, 32), (13, 8), (12, 8) }));
    }

    [Test]
    public void Of_ASymbolicBatch_AreWholeTiles()
    {
        var tiles = Of(static g => g.Output("y", g.Input("a", [Dim.Symbol("batch", 64), 20]).MatMul(g.Input("b", [20, 32]))), KernelTarget.Avx512);
        Assert.That(tiles.Select(static t => (t.Rows, t.Columns)).Distinct(), Is.EqualTo(new[] { (14, 32) }));
    }

    [Test]
    public void Of_WhatHasNoProducts_AreNone() =>
        Assert.That(Of(static g => g.Output("y", g.Input("a", [64, 20]).Softmax()), KernelTarget.Avx2), Is.Empty);

    [Test]
    public void Program_ThatTheDiskKnows_HasThemAsWell()
    {
        var graph = new Graph();
        graph.Output("y", graph.Input("a", [100, 64]).MatMul(graph.Parameter("w", [64, 10], Init.Zeros)));
        var program = Pipeline.Generate(graph, new CompileOptions { Target = KernelTarget.Avx2 }, CancellationToken.None);

        Assert.That(program.Tiles, Is.Not.Empty);
        Assert.That(ProgramFormat.Decode(ProgramFormat.Encode(program))!.Tiles, Is.EqualTo(program.Tiles));
    }

    [Test]
    public void Prepare_OfAnySize_ComputesOrLeavesIt()
    {
        foreach (var type in Enum.GetValues<DType>())
        {
            foreach (var (rows, columns) in new[] { (0, 1), (1, 1), (6, 16), (14, 32), (15, 32), (14, 33), (int.MinValue, int.MaxValue) })
            {
                foreach (var bits in new[] { 0, 128, 256, 512 })
                {
                    new TileUse(bits, type, rows, columns).Prepare();
                }
            }
        }
    }

    private static ImmutableArray<TileUse> Of(Action<Graph> declare, KernelTarget target)
    {
        var graph = new Graph();
        declare(graph);
        return Pipeline.Generate(graph, new CompileOptions { Target = target }, CancellationToken.None).Tiles;
    }
}
