using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.CodeGen;

/// <summary>Extents, strides and offsets that no int holds: C# takes such literals for uint or long, kernels count in nint.</summary>
public sealed class HugeExtentTests
{
    private const long Huge = (1L << 33) + 5;

    private static readonly (string Name, Func<Graph, Tensor, Tensor> Build)[] Uses =
    [
        ("points", static (g, x) => (x * 2).Exp() + g.Input("c", [3])),
        ("rows", static (_, x) => x.Softmax()),
        ("columns", static (_, x) => x.Sum([0])),
        ("column means", static (_, x) => x - x.Mean([0])),
        ("total", static (_, x) => x.Sum()),
        ("product", static (g, x) => x.MatMul(g.Input("w", [3, 5])).Relu()),
        ("transposed product", static (_, x) => x.Transpose().MatMul(x)),
        ("transposed", static (_, x) => x.Transpose() + 1),
        ("end", static (_, x) => x.Slice(0, Huge - 4, 4) * 2),
        ("joined", static (_, x) => Op.Concatenate([x, x], 0)),
        ("padded", static (_, x) => x.Pad(0, Huge, Huge)),
        ("rows by index", static (g, x) => x.Gather(g.Input("i", DType.Int32, [7]))),
        ("columns by index", static (g, x) => x.Transpose().Gather(g.Input("i", DType.Int32, [7]), 1)),
        ("sums by index", static (g, x) => g.Input("s", [7, 3]).ScatterAdd(g.Input("i", DType.Int32, [7]), Huge).Sum([0]) + x),
        ("largest", static (_, x) => x.TopK(2).Values),
        ("extent", static (g, x) => x / g.Extent(x.Shape[0])),
    ];

    private static IEnumerable<TestCaseData> Cases =>
        Uses.Select(static (use, i) => new TestCaseData(i).SetArgDisplayNames(use.Name));

    [TestCaseSource(nameof(Cases))]
    public void Compile_OfExtentsBeyondInt_Compiles(int use)
    {
        foreach (var target in KernelTargets.Supported)
        {
            foreach (var rows in new[] { (Dim)Huge, 3 * Dim.Symbol("n", Huge / 3), (1L << 32) * Dim.Symbol("n", 3) })
            {
                var graph = new Graph("huge");
                try
                {
                    graph.Output("y", Uses[use].Build(graph, graph.Input("x", [rows, 3])));
                }
                catch (GraphException e) when (!rows.IsConstant && e.Id is "GRC0109" or "GRC0111" or "GRC0114" or "GRC0106")
                {
                    continue; // takes a constant axis
                }

                using var compiled = graph.Compile(new CompileOptions { Target = target, CacheDirectory = "" });
                Assert.That(compiled.KernelCount, Is.Positive);
            }
        }
    }

    [Test]
    public void Update_OfAHugeVariable_Compiles()
    {
        var graph = new Graph("huge");
        var table = graph.Parameter("table", [1L << 26, 64], Init.Zeros);
        var indices = graph.Input("indices", DType.Int32, [5]);
        var rows = table.Gather(indices);
        graph.Update(table, table - 0.5 * graph.Gradients((rows * rows).Sum(), table)[0]);
        using var compiled = graph.Compile(new CompileOptions { CacheDirectory = "" });
        Assert.That(compiled.Layout.VariableBytes, Is.EqualTo(1L << 34));
    }
}
