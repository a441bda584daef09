using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Optimize;

/// <summary>For each rule, graphs at which it fires, and what of them is left: the operators by name, leaves left out.</summary>
internal static class RuleCases
{
    private static readonly Shape Grid = [13, 13];
    private static readonly Dim Batch = Dim.Symbol("batch", 8);

    public static IEnumerable<RuleCase> All => [.. Arithmetic, .. Logic, .. Layout, .. Reductions, .. Constants];

    private static IEnumerable<RuleCase> Arithmetic =>
    [
        new("add-zero", g => A(g) + -0.0, ""),
        new("add-zero", g => 0 + I(g), ""),
        new("add-negate", g => A(g) + -B(g), "subtract"),
        new("negate-add", g => -A(g) + B(g), "subtract"),
        new("subtract-zero", g => A(g) - 0, ""),
        new("subtract-negate", g => A(g) - -B(g), "add"),
        new("multiply-one", g => 1 * A(g), ""),
        new("multiply-minus-one", g => A(g) * -1, "negate"),
        new("divide-one", g => A(g) / 1, ""),
        new("divide-power-of-two", g => A(g) / -4, "constant multiply"),
        new("pow-one", g => Op.Pow(A(g), g.Constant(1)), ""),
        new("pow-two", g => Op.Pow(A(g), g.Constant(2)), "multiply"),
        new("pow-two", g => Op.Pow(A(g).Cast(DType.Float64), g.Constant(2, DType.Float64)), "cast multiply"),
        new("negate-negate", g => -(-I(g)), ""),
        new("relu-relu", g => A(g).Relu().Relu(), "relu"),
        new("stop-gradient", g => A(g).StopGradient(), ""),
        new("product-of-negated", g => -A(g) * -B(g), "multiply"),
        new("product-of-negated", g => -A(g) / -B(g), "divide"),
        new("negated-factor", g => -A(g) * B(g), "multiply negate"),
        new("negated-factor", g => A(g) / -B(g), "divide negate"),
        new("negated-factor", g => I(g) * -J(g), "multiply negate"),
        new("negate-constant-factor", g => -(A(g) * 3), "constant multiply"),
        new("negate-constant-factor", g => -(A(g) * 0), "constant multiply"),
        new("negate-constant-factor", g => -(0 / A(g)), "constant divide"),
        new("negate-constant-factor", g => -(A(g) / 3), "constant divide"),
        new("even-function", g => (-A(g)).Abs(), "abs"),
        new("sign-known", g => A(g).Abs().Relu(), "abs"),
        new("cast-same", g => A(g).Cast(DType.Float32), ""),
        new("cast-cast", g => A(g).Cast(DType.Float64).Cast(DType.Float32), ""),
        new("cast-cast", g => I(g).Cast(DType.Float64).Cast(DType.Float32), "cast"),
        new("cast-cast", g => P(g).Cast(DType.Int32).Cast(DType.Float32), "cast"),
        new("cast-truth", g => I(g).Cast(DType.Float32).Cast(DType.Bool), "cast"),
    ];

    private static IEnumerable<RuleCase> Logic =>
    [
        new("not-not", g => P(g).Not().Not(), ""),
        new("not-equal", g => A(g).EqualTo(B(g)).Not(), "not_equal"),
        new("not-equal", g => A(g).NotEqualTo(B(g)).Not(), "equal"),
        new("logic-idempotent", g => P(g).And(P(g)), ""),
        new("logic-constant", g => P(g).And(g.Constant(1, DType.Bool)), ""),
        new("logic-constant", g => P(g).Or(g.Constant(1, DType.Bool)), "constant"),
        new("logic-constant", g => g.Constant(0, DType.Bool).And(P(g)), "constant"),
        new("extremum-same", g => Op.Max(A(g), A(g)), ""),
        new("compare-same", g => A(g) < A(g), "constant"),
        new("compare-same", g => I(g) <= I(g), "constant"),
        new("compare-same", g => I(g).NotEqualTo(I(g)), "constant"),
        new("select-constant", g => Op.Select(g.Constant(1, DType.Bool), A(g), B(g)), ""),
        new("select-constant", g => Op.Select(g.Constant(0, DType.Bool), A(g), Row(g)), "broadcast"),
        new("select-same", g => Op.Select(P(g), A(g), A(g)), ""),
        new("select-equal", g => Op.Select(P(g), Row(g), Row(g)), "broadcast"),
        new("select-not", g => Op.Select(P(g).Not(), A(g), B(g)), "select"),
        new("select-bool", g => Op.Select(P(g), g.Constant(1, DType.Bool), g.Constant(0, DType.Bool)), ""),
        new("select-bool", g => Op.Select(P(g), g.Constant(0, DType.Bool), g.Constant(1, DType.Bool)), "not"),
        new("select-select", g => Op.Select(P(g), Op.Select(P(g), A(g), Row(g)), B(g)), "select"),
        new("select-select", g => Op.Select(P(g), A(g), Op.Select(P(g), Row(g), B(g))), "select"),
    ];

    private static IEnumerable<RuleCase> Layout =>
    [
        new("broadcast-same", g => A(g).Broadcast(Grid), ""),
        new("broadcast-constant", g => A(g) * g.Constant(3).Broadcast(Grid), "constant multiply"),
        new("broadcast-broadcast", g => Row(g).Broadcast(Grid).Broadcast([4, 13, 13]), "broadcast"),
        new("broadcast-unit", g => Row(g).Broadcast([1, 13]), "reshape"),
        new("broadcast-reshape", g => Row(g).Reshape([13, 1]).Broadcast(Grid), "broadcast"),
        new("transpose-broadcast", g => Row(g).Broadcast(Grid).Transpose(), "broadcast"),
        new("transpose-broadcast", g => Small(g).Broadcast([5, 3, 4]).Transpose([2, 0, 1]), "transpose broadcast"),
        new("elementwise-unbroadcast", g => A(g) * Row(g).Broadcast(Grid), "multiply"),
        new("elementwise-unbroadcast", g => Row(g).Broadcast(Grid).Exp(), "exp broadcast"),
        new("elementwise-unbroadcast", g => A(g) * g.Constant(Enumerable.Repeat(3.0, 169).ToArray(), Grid), "constant multiply"),
        new("elementwise-unbroadcast", g => Row(g).Reshape([1, 13]) + A(g), "add"),
        new("elementwise-unbroadcast", g => Symbolic(g) * Row(g).Broadcast([Batch, 13]), "multiply"),
        new("elementwise-broadcast", g => Column(g) * 3, "constant multiply broadcast"),
        new("elementwise-broadcast", g => Column(g) * Column(g).Exp(), "exp multiply broadcast"),
        new("reshape-same", g => A(g).Reshape(Grid), ""),
        new("reshape-reshape", g => A(g).Reshape([169]).Reshape([1, 169]), "reshape"),
        new("transpose-identity", g => A(g).Transpose([0, 1]), ""),
        new("transpose-transpose", g => A(g).Transpose().Transpose(), ""),
        new("transpose-unit", g => Row(g).Reshape([1, 13]).Transpose(), "reshape"),
        new("slice-whole", g => Symbolic(g).Slice(0, 0, Batch), ""),
        new("slice-slice", g => A(g).Slice(1, 1, 6, 2).Slice(1, 1, 2, 3), "slice"),
        new("slice-pad", g => A(g).Pad(0, 2, 3).Slice(0, 2, 13), ""),
        new("slice-concatenate", g => Op.Concatenate([A(g), B(g)], 1).Slice(1, 14, 3, 2), "slice"),
        new("pad-nothing", g => A(g).Pad(0, 0, 0), ""),
        new("concatenate-one", g => Op.Concatenate([A(g)], 0), ""),
        new("concatenate-empty", g => Op.Concatenate([A(g).Slice(0, 5, 0), A(g), B(g)], 0), "concatenate"),
        new("contract-transpose", g => A(g).MatMul(B(g).Transpose()), "contract"),
        new("contract-transpose", g => A(g).Transpose().MatMul(B(g).Transpose()), "contract"),
        new("contract-transpose", g => Cube(g).Transpose([2, 0, 1]).MatMul(Cube(g).Transpose([2, 1, 0])), "contract"),
        new("transpose-contract", g => A(g).MatMul(B(g)).Transpose(), "contract"),
        new("transpose-contract", g => Cube(g).MatMul(Cube(g).Transpose([0, 2, 1])).Transpose([0, 2, 1]), "contract"),
    ];

    private static IEnumerable<RuleCase> Reductions =>
    [
        new("reduce-unit", g => A(g).Reshape([13, 1, 13]).Sum([1]), "constant add"),
        new("reduce-unit", g => A(g).Sum([]), "constant add"),
        new("reduce-unit", g => I(g).Reshape([13, 1, 13]).Sum([1]), ""),
        new("reduce-unit", g => A(g).Max([]), ""),
        new("reduce-unit", g => A(g).Reshape([13, 1, 13]).Min([1]), ""),
        new("reduce-unit", g => A(g).Reshape([13, 1, 13]).Sum([1, 2]), "sum"),
        new("reduce-reshape", g => A(g).Reshape([1, 13, 1, 13]).Sum([3]), "sum reshape"),
        new("reduce-reshape", g => Op.Max(Symbolic(g).Reshape([Batch, 1, 13]), [2]), "max_reduce reshape"),
        new("reduce-transpose", g => A(g).Transpose().Sum([0]), "sum"),
        new("reduce-transpose", g => A(g).Transpose().Max(), "max_reduce"),
        new("reduce-transpose", g => Cube(g).Transpose([2, 1, 0]).Sum([1]), "sum transpose"),
    ];

    private static IEnumerable<RuleCase> Constants =>
    [
        new("fold-constant", g => A(g) * (g.Constant(3) - 5), "constant multiply"),
        new("fold-constant", g => A(g) + (g.Constant([1, 2, double.NaN], [3]) / 0).Slice(0, 1, 1), "constant add"),
        new("fold-constant", g => I(g) * (g.Constant(int.MaxValue, DType.Int32) + 1), "constant multiply"),
        new("fold-constant", g => Symbolic(g) + g.Constant(2).Broadcast([Batch, 13]).Exp(), "constant add"),
        new("layout-constant", g => g.Constant(3).Broadcast([Batch, 4]).Transpose(), "constant", fires: ["broadcast-constant"]),
        new("layout-constant", g => Op.Concatenate([g.Constant(-0.0).Broadcast([9999, 2]).Reshape([2, 9999]), A(g).Reshape([1, 169]).Pad(1, 0, 9830).Broadcast([1, 9999])], 0), "constant reshape pad concatenate"),
        new("concatenate-constant", g => Op.Concatenate([g.Constant(3).Broadcast([9999]), g.Constant(3).Broadcast([2])], 0), "constant"),
        new("extremum-constant", g => g.Constant(double.NaN).Broadcast([9999, Batch]).Max([0]), "constant"),
        new("sum-zero", g => g.Constant(-0.0).Broadcast([Batch, 4]).Sum([0]), "constant"),
        new("sum-constant", g => g.Constant(1.5).Broadcast([Batch, 4096]).Sum([1]), "constant"),
    ];

    private static Tensor A(Graph g) => Leaf(g, "a", DType.Float32, Grid);

    private static Tensor B(Graph g) => Leaf(g, "b", DType.Float32, Grid);

    private static Tensor I(Graph g) => Leaf(g, "i", DType.Int32, Grid);

    private static Tensor J(Graph g) => Leaf(g, "j", DType.Int32, Grid);

    private static Tensor P(Graph g) => Leaf(g, "p", DType.Bool, Grid);

    private static Tensor Row(Graph g) => Leaf(g, "row", DType.Float32, [13]);

    private static Tensor Small(Graph g) => Leaf(g, "small", DType.Float32, [3, 4]);

    private static Tensor Cube(Graph g) => Leaf(g, "cube", DType.Float32, [3, 3, 3]);

    private static Tensor Symbolic(Graph g) => Leaf(g, "x", DType.Float32, [Batch, 13]);

    // Stretched along the last axis, as a gradient is over an axis that a sum took away.
    private static Tensor Column(Graph g) => Row(g).Reshape([13, 1]).Broadcast(Grid);

    private static Tensor Leaf(Graph g, string name, DType type, Shape shape) =>
        g.Leaves.TryGetValue(name, out var leaf) ? leaf : g.Input(name, type, shape);
}
