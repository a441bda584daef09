using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

namespace GraphCompiler.Tests.Shapes;

/// <summary>Every rule of shapes and types, broken once; the message states the rule and the facts.</summary>
public sealed class ErrorTests
{
    private static readonly (string Id, string Facts, Action<Graph> Mistake)[] Mistakes =
    [
        ("GRC0101", "\"a\" is float32[2, 3], \"b\" is float32[2]", static g => _ = A(g) + g.Input("b", [2])),
        ("GRC0101", "Select requires", static g => g.Input("c", DType.Bool, [4]).Select(A(g), A(g))),
        ("GRC0101", "asked for is [4, 3]", static g => A(g).Broadcast([4, 3])),
        ("GRC0101", "asked for is [3]", static g => A(g).Broadcast([3])),
        ("GRC0101", "\"n\" is float32[batch]", static g => _ = A(g) + g.Input("n", [Dim.Symbol("batch", 3)])),
        ("GRC0102", "\"b\" is float64[]", static g => _ = A(g) * g.Input("b", DType.Float64, [])),
        ("GRC0102", "equal element types of both values", static g => g.Input("c", DType.Bool, []).Select(A(g), I(g))),
        ("GRC0102", "MatMul requires equal element types", static g => A(g).MatMul(g.Input("b", DType.Float64, [3, 2]))),
        ("GRC0102", "int32 indices", static g => A(g).Gather(g.Input("b", [2]))),
        ("GRC0102", "int32 indices", static g => A(g).ScatterAdd(g.Input("b", [2]), 4)),
        ("GRC0102", "", static g => Op.Concatenate([A(g), I(g)], 0)),
        ("GRC0103", "Exp requires a floating element type: \"i\" is int32[3]", static g => I(g).Exp()),
        ("GRC0103", "Divide requires a floating element type", static g => _ = I(g) / I(g)),
        ("GRC0103", "Add requires numbers", static g => _ = C(g) + C(g)),
        ("GRC0103", "Not requires bool", static g => A(g).Not()),
        ("GRC0103", "And requires bool", static g => A(g).And(A(g))),
        ("GRC0103", "Less requires numbers", static g => _ = C(g) < C(g)),
        ("GRC0103", "a bool condition", static g => A(g).Select(A(g), A(g))),
        ("GRC0103", "Sum requires numbers", static g => C(g).Sum()),
        ("GRC0103", "Softmax requires a floating element type", static g => I(g).Softmax()),
        ("GRC0103", "Gelu requires a floating element type", static g => I(g).Gelu()),
        ("GRC0103", "LayerNorm requires a floating element type", static g => I(g).LayerNorm()),
        ("GRC0103", "Mean requires a floating element type", static g => I(g).Mean()),
        ("GRC0103", "MatMul requires a floating element type", static g => g.Input("m", DType.Int32, [2, 2]).MatMul(g.Input("k", DType.Int32, [2, 2]))),
        ("GRC0103", "numbers", static g => C(g).TopK(1)),
        ("GRC0104", "Sum requires different axes between -2 and 1", static g => A(g).Sum([2])),
        ("GRC0104", "axes are [0, -2]", static g => A(g).Max([0, -2])),
        ("GRC0104", "Softmax requires", static g => A(g).Softmax(5)),
        ("GRC0104", "LayerNorm requires 1 to 2 axes: \"a\" is float32[2, 3], asked for 3", static g => A(g).LayerNorm(axes: 3)),
        ("GRC0104", "asked for 0", static g => A(g).LayerNorm(axes: 0)),
        ("GRC0104", "Slice requires", static g => A(g).Slice(-3, 0, 1)),
        ("GRC0104", "axes are [2]", static g => A(g).Contract(A(g), [2], [1])),
        ("GRC0104", "axes are [1, 1]", static g => A(g).Contract(A(g), [1, 1], [1, 1])),
        ("GRC0105", "labels are int32[2]", static g => A(g).CrossEntropy(I(g))),
        ("GRC0105", "TakeAlongAxis requires", static g => A(g).TakeAlongAxis(g.Input("l", [2]))),
        ("GRC0106", "Concatenate requires equal shapes but for axis 0", static g => Op.Concatenate([A(g), g.Input("b", [2, 4])], 0)),
        ("GRC0106", "LayerNorm requires gamma of the shape of the last 1 axes", static g => A(g).LayerNorm(g.Input("b", [2]))),
        ("GRC0106", "LayerNorm requires beta", static g => A(g).LayerNorm(null, g.Input("b", [2, 3]))),
        ("GRC0106", "MeanSquaredError requires equal shapes", static g => A(g).MeanSquaredError(g.Input("b", [3]))),
        ("GRC0106", "ScatterAdd requires", static g => A(g).ScatterAdd(I(g), 4)),
        ("GRC0107", "the new shape is [7]", static g => A(g).Reshape([7])),
        ("GRC0107", "", static g => A(g).Reshape([-1, 4])),
        ("GRC0107", "", static g => A(g).Reshape([-1, -1])),
        ("GRC0107", "", static g => g.Input("one", [1]).Reshape([-1, -1])),
        ("GRC0108", "the permutation is [0, 0]", static g => A(g).Transpose([0, 0])),
        ("GRC0108", "", static g => A(g).Transpose([0])),
        ("GRC0108", "", static g => A(g).Transpose([1, 2])),
        ("GRC0109", "axis 1 from 2, 2 elements, step 1", static g => A(g).Slice(1, 2, 2)),
        ("GRC0109", "", static g => A(g).Slice(1, -1, 2)),
        ("GRC0109", "", static g => A(g).Slice(1, 0, 2, 3)),
        ("GRC0109", "", static g => A(g).Slice(1, 0, long.MaxValue, long.MaxValue)),
        ("GRC0109", "", static g => g.Input("n", [Dim.Symbol("n", 9)]).Slice(0, 0, 1)),
        ("GRC0109", "got -1 and 0", static g => A(g).Pad(0, -1, 0)),
        ("GRC0110", "got \"\" and 3", static _ => Dim.Symbol("", 3)),
        ("GRC0110", "got \"n\" and 0", static _ => Dim.Symbol("n", 0)),
        ("GRC0111", "got n + 1", static g => g.Iota(Dim.Symbol("n", 3) + 1)),
        ("GRC0111", "", static g => g.Input("n", [Dim.Symbol("n", 3)]).Pad(0, 1, 1)),
        ("GRC0112", "\"a\" is taken", static g => { A(g); g.State("a", DType.Float32, [], Init.Zeros); }),
        ("GRC0112", "\"y\" is taken", static g => { g.Output("y", A(g)); g.Output("y", I(g)); }),
        ("GRC0113", "\"n\" has 3 and 4", static g => { g.Input("x", [Dim.Symbol("n", 3)]); g.Input("y", [Dim.Symbol("n", 4)]); }),
        ("GRC0114", "\"w\" is [n]", static g => g.Parameter("w", [Dim.Symbol("n", 3)], Init.Zeros)),
        ("GRC0114", "got [n]", static g => g.Constant([1], [Dim.Symbol("n", 3)])),
        ("GRC0114", "", static g => g.Input("x", [Dim.Symbol("n", 3)]).Gather(I(g))),
        ("GRC0115", "has 4, got 3", static g => g.Constant([1, 2, 3], [2, 2])),
        ("GRC0116", "got \"a\"", static g => g.Update(A(g), A(g))),
        ("GRC0116", "its value is float32[2, 3]", static g => g.Update(g.Parameter("w", [3], Init.Zeros), A(g))),
        ("GRC0116", "\"w\" has two", static g => { var w = g.Parameter("w", [], Init.Zeros); g.Update(w, w + 1); g.Update(w, w + 2); }),
        ("GRC0117", "belongs to \"other\", not to \"mistaken\"", static g => _ = A(g) + A(new Graph("other"))),
        ("GRC0118", "got none", static _ => Op.Concatenate([], 0)),
        ("GRC0119", "k is 4", static g => A(g).TopK(4)),
        ("GRC0119", "k is 0", static g => A(g).TopK(0)),
        ("GRC0119", "", static g => g.Input("s", []).TopK(1)),
        ("GRC0119", "", static g => g.Input("n", [Dim.Symbol("n", 3)]).TopK(1)),
        ("GRC0120", "contract[[0] with [0]]", static g => A(g).Contract(g.Input("b", [3]), [0], [0])),
        ("GRC0120", "", static g => A(g).Contract(A(g), [0, 1], [0])),
        ("GRC0121", "\"s\" is []", static g => g.Input("s", []).MatMul(A(g))),
        ("GRC0122", "", static g => g.Input("x", [2, 3, 4]).MatMul(g.Input("y", [5, 4, 2]))),
        ("GRC0122", "", static g => g.Input("x", [2, 2, 3, 4]).MatMul(g.Input("y", [2, 4, 2]))),
        ("GRC0123", "[-3]", static g => g.Input("x", [-3])),
        ("GRC0123", "[-2, -3]", static g => A(g).Reshape([-2, -3])),
        ("GRC0123", "[-1]", static g => g.Iota(-1)),
        ("GRC0103", "input asks for number 77", static g => g.Input("x", (DType)77, [3])),
        ("GRC0103", "cast asks for number 4", static g => A(g).Cast((DType)4)),
        ("GRC0117", "belongs to another graph of the same name, not to \"mistaken\"", static g => _ = A(g) + A(new Graph("mistaken"))),
        ("GRC0126", "input asks for float32[281474976710656, 2]", static g => g.Input("x", [1L << 48, 2])),
        ("GRC0126", "add asks for float32[16777217, 16777217]", static g => _ = g.Input("x", [16777217, 1]) + g.Input("y", [1, 16777217])),
        ("GRC0126", "input asks for float32[n, 0, n]", static g => g.Input("x", [Dim.Symbol("n", int.MaxValue), 0, Dim.Symbol("n", int.MaxValue)])),
        ("GRC0126", "got 3 + 9223372036854775807", static g => g.Input("x", [3]).Pad(0, 0, long.MaxValue)),
        ("GRC0126", "the extent is 2147483649", static g => g.Iota((1L << 31) + 1)),
        ("GRC0126", "\"x\" is float32[2147483649]", static g => g.Input("x", [(1L << 31) + 1]).TopK(1)),
        ("GRC0124", "floating parameters, got \"a\", which is input, float32[2, 3]", static g => g.Adam(A(g).Sum(), [A(g)])),
        ("GRC0124", "which is parameter, int32[3]", static g => g.Sgd(A(g).Sum(), [g.Parameter("k", DType.Int32, [3], Init.Zeros)])),
        ("GRC0124", "a floating scalar as rate: \"a\" is float32[2, 3]", static g => g.Adam(A(g).Sum(), [W(g)], rate: A(g))),
        ("GRC0124", "got 1 parameters and 0 gradients", static g => g.Adam([W(g)], [])),
        ("GRC0124", "\"w\" is float32[3], its gradient is float32[2, 3]", static g => g.Sgd([W(g)], [A(g)])),
        ("GRC0124", "Adam requires 0 ≤ Beta2 < 1: got 1", static g => g.Adam(W(g).Sum(), [W(g)], new() { Beta2 = 1 })),
        ("GRC0124", "a learning rate of 0 or more: got -0.5", static g => g.Sgd(W(g).Sum(), [W(g)], new() { LearningRate = -0.5 })),
        ("GRC0124", "a momentum with Nesterov", static g => g.Sgd(W(g).Sum(), [W(g)], new() { Nesterov = true })),
        ("GRC0112", "\"adam/step\" is taken", static g => { g.Adam(W(g).Sum(), [W(g)]); g.Adam(W(g).Sum(), [g.Parameter("k", [3], Init.Zeros)]); }),
        ("GRC0402", "a value for \"a\"", static g => new Interpreter().Evaluate(A(g))),
        ("GRC0403", "\"n\"", static g => new Interpreter().Evaluate(g.Iota(Dim.Symbol("n", 3)))),
    ];

    private static IEnumerable<TestCaseData> Cases =>
        Mistakes.Select(static (m, i) => new TestCaseData(i).SetArgDisplayNames($"{m.Id} #{i}"));

    [TestCaseSource(nameof(Cases))]
    public void Mistake_Made_IsReportedByItsIdWithTheFacts(int number)
    {
        var (id, facts, mistake) = Mistakes[number];
        var error = Assert.Throws<GraphException>(() => mistake(new Graph("mistaken")))!;
        Assert.That(error.Id, Is.EqualTo(id), error.Message);
        Assert.That(error.Message, Does.StartWith(id + ": ").And.Contain(facts));
    }

    [Test]
    public void Mistake_InAGraph_LeavesNoNodeBehind()
    {
        var graph = new Graph();
        var (a, b) = (A(graph), graph.Input("b", [2]));
        var before = graph.Nodes.Count;
        Assert.Throws<GraphException>(() => a.Add(b));
        Assert.That(graph.Nodes, Has.Count.EqualTo(before));
    }

    [Test]
    public void Null_InPlaceOfATensor_IsAnArgumentNullException()
    {
        var graph = new Graph();
        var a = A(graph);
        Assert.Throws<ArgumentNullException>(() => a.Add(null!));
        Assert.Throws<ArgumentNullException>(() => C(graph).Select(a, null!));
        Assert.Throws<ArgumentNullException>(() => Op.Concatenate([a, null!], 0));
        Assert.Throws<ArgumentNullException>(() => graph.Gradients(a.Sum(), [null!]));
    }

    private static Tensor A(Graph g) => Known(g, "a", DType.Float32, [2, 3]);

    private static Tensor W(Graph g) => g.Leaves.GetValueOrDefault("w") ?? g.Parameter("w", [3], Init.Zeros);

    private static Tensor I(Graph g) => Known(g, "i", DType.Int32, [3]);

    private static Tensor C(Graph g) => Known(g, "c", DType.Bool, [2, 3]);

    private static Tensor Known(Graph g, string name, DType type, Shape shape) => g.Leaves.GetValueOrDefault(name) ?? g.Input(name, type, shape);
}
