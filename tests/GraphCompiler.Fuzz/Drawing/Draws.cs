using System.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Drawing;

/// <summary>All operators, a line each. A new operator is a new line; a test says which is missing.</summary>
/// <remarks>
/// Domains are left to chance where chance is kind (a value that is not finite is drawn again), and helped where it is
/// not: logarithms and powers take positive operands.
/// </remarks>
internal static class Draws
{
    public static IReadOnlyList<Draw> All { get; } =
    [
        .. Elementwise(), .. Layout(), .. Reductions(), .. Contractions(), .. Indexing(), .. Composites(),
    ];

    private static IEnumerable<Draw> Elementwise() =>
    [
        new(nameof(Op.Negate), static p => -p.Number()),
        new(nameof(Op.Add), static p => p.Pair(static (a, b) => a + b), 3),
        new(nameof(Op.Subtract), static p => p.Pair(static (a, b) => a - b), 2),
        new(nameof(Op.Multiply), static p => p.Pair(static (a, b) => a * b), 3),
        new(nameof(Op.Divide), static p => p.Float() is var a && p.Chance(2) ? a / p.Like(a) : a / p.Positive(p.Like(a)), 2),
        new(nameof(Op.Abs), static p => p.Number().Abs()),
        new(nameof(Op.Relu), static p => p.Float().Relu()),
        new(nameof(Op.LeakyRelu), static p => p.Float() is var a && p.Chance(2) ? a.LeakyRelu(p.Like(a)) : a.LeakyRelu(p.Scalar(a.DType))),
        new(nameof(Op.Max), static p => p.Pair(static (a, b) => Op.Max(a, b))),
        new(nameof(Op.Min), static p => p.Pair(static (a, b) => Op.Min(a, b))),
        new(nameof(Op.Less), static p => p.Pair(static (a, b) => a < b)),
        new(nameof(Op.LessOrEqual), static p => p.Pair(static (a, b) => a <= b)),
        new(nameof(Op.Greater), static p => p.Pair(static (a, b) => a > b)),
        new(nameof(Op.GreaterOrEqual), static p => p.Pair(static (a, b) => a >= b)),
        new(nameof(Op.EqualTo), static p => p.Pair(static (a, b) => a.EqualTo(b))),
        new(nameof(Op.NotEqualTo), static p => p.Pair(static (a, b) => a.NotEqualTo(b))),
        new(nameof(Op.Not), static p => p.Bool().Not()),
        new(nameof(Op.And), static p => p.Bool() is var a ? a.And(p.Like(a)) : a),
        new(nameof(Op.Or), static p => p.Bool() is var a ? a.Or(p.Like(a)) : a),
        new(nameof(Op.Select), static p => p.Number() is var a ? Op.Select(p.Condition(a), a, p.Like(a)) : a, 2),
        new(nameof(Op.Cast), static p => p.Any().Cast(p.Type())),
        new(nameof(Op.Exp), static p => p.Float().Exp()),
        new(nameof(Op.Log), static p => p.Positive(p.Float()).Log()),
        new(nameof(Op.Sqrt), static p => p.Positive(p.Float()).Sqrt()),
        new(nameof(Op.Reciprocal), static p => p.Chance(2) ? p.Float().Reciprocal() : p.Positive(p.Float()).Reciprocal()),
        new(nameof(Op.Tanh), static p => p.Float().Tanh()),
        new(nameof(Op.Sigmoid), static p => p.Float().Sigmoid()),
        new(nameof(Op.Erf), static p => p.Float().Erf()),
        new(nameof(Op.NormalCdf), static p => p.Float().NormalCdf()),
        new(nameof(Op.Pow), static p => p.Float() is var a && p.Chance(2) ? a.Pow(p.Small(a.DType)) : p.Positive(a).Pow(p.Like(a))),
        new(nameof(Op.StopGradient), static p => p.Float().StopGradient()),
    ];

    private static IEnumerable<Draw> Layout() =>
    [
        new(nameof(Op.Transpose), static p => p.Any(rank: 2) is var a ? a.Transpose(p.Permutation(a.Rank)) : a, 2),
        new(nameof(Op.Reshape), static p => p.Any() is var a ? a.Reshape(p.Regrouped(a.Shape)) : a, 2),
        new(nameof(Op.Broadcast), static p => p.Any() is var a ? a.Broadcast([p.Extent(), .. a.Shape]) : a),
        new(nameof(Op.Slice), static p => p.Any(rank: 1) is var a && p.Axis(a) is var axis
            ? a.Slice(axis, p.Next(3), a.Shape[axis].IsConstant ? p.Next((int)a.Shape[axis].Factor) + 1 : 1, p.Next(3) + 1) : a, 2),
        new(nameof(Op.Pad), static p => p.Any(rank: 1) is var a ? a.Pad(p.Axis(a), p.Next(3), p.Next(3)) : a),
        new(nameof(Op.Concatenate), static p => p.Any(rank: 1) is var a ? Op.Concatenate([.. p.Stack(a)], p.Axis(a)) : a, 2),
    ];

    private static IEnumerable<Draw> Reductions() =>
    [
        new(nameof(Op.Sum), static p => p.Number() is var a ? a.Sum(p.Axes(a), p.Chance(2)) : a, 3),
        new(nameof(Op.Max), static p => p.Number() is var a ? a.Max(p.Axes(a), p.Chance(2)) : a),
        new(nameof(Op.Min), static p => p.Number() is var a ? a.Min(p.Axes(a), p.Chance(2)) : a),
    ];

    private static IEnumerable<Draw> Contractions() =>
    [
        new(nameof(Op.MatMul), static p => p.Factors() is var (a, b) ? a.MatMul(b) : throw new UnreachableException(), 3),
        new(nameof(Op.Contract), static p => p.Float(rank: 1) is var a ? p.Contraction(a) : a, 3),
    ];

    private static IEnumerable<Draw> Indexing() =>
    [
        new(nameof(Op.Gather), static p => p.Any(rank: 1) is var a && p.Axis(a) is var axis ? a.Gather(p.Indices(a.Shape[axis]), axis) : a),
        new(nameof(Op.ScatterAdd), static p => p.Number(rank: 1) is var a ? p.Scatter(a) : a),
        new(nameof(Op.TopK), static p => p.Number(rank: 1) is var a && a.TopK(p.Next(3) + 1) is var (values, indices) && p.Chance(3) ? indices : p.Keep(values, indices)),
        new(nameof(Op.ArgMax), static p => p.Number(rank: 1).ArgMax()),
        new(nameof(Op.Iota), static p => p.Graph.Iota(p.Extent())),
        new(nameof(Op.Extent), static p => p.Graph.Extent(p.Batch, p.Chance(4) ? p.Type() : p.Main)),
    ];

    private static IEnumerable<Draw> Composites() =>
    [
        new(nameof(Op.Softmax), static p => p.Float(rank: 1) is var a ? a.Softmax(p.Axis(a)) : a),
        new(nameof(Op.LogSoftmax), static p => p.Float(rank: 1) is var a ? a.LogSoftmax(p.Axis(a)) : a),
        new(nameof(Op.LogSumExp), static p => p.Float(rank: 1) is var a ? a.LogSumExp(p.Axis(a), p.Chance(2)) : a),
        new(nameof(Op.Mean), static p => p.Float() is var a ? a.Mean(p.Axes(a), p.Chance(2)) : a, 2),
        new(nameof(Op.Variance), static p => p.Float() is var a ? a.Variance(p.Axes(a), p.Chance(2)) : a),
        new(nameof(Op.MeanSquaredError), static p => p.Float() is var a ? a.MeanSquaredError(p.Same(a)) : a),
        new(nameof(Op.CrossEntropy), static p => p.Float(rank: 1) is var a ? a.CrossEntropy(p.Labels(a, a.Rank - 1)) : a),
        new(nameof(Op.TakeAlongAxis), static p => p.Float(rank: 1) is var a && p.Axis(a) is var axis ? a.TakeAlongAxis(p.Labels(a, axis), axis) : a),
        new(nameof(Op.Gelu), static p => p.Float().Gelu(approximate: p.Chance(2))),
        new(nameof(Op.LayerNorm), static p => p.Float(rank: 1) is var a ? a.LayerNorm(p.Weights(a), p.Weights(a)) : a),
        new(nameof(Op.OneHot), static p => p.Integer().OneHot(p.Extent(), p.Type())),
    ];
}
