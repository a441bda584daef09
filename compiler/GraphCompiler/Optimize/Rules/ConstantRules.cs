using System.Collections.Immutable;
using GraphCompiler.Operators;

namespace GraphCompiler.Optimize.Rules;

/// <summary>What can be computed now, because no run can change it.</summary>
internal static class ConstantRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("fold-constant", "an operator on constants is the constant that its definition gives, rounded to its type", ConstantFolding.Fold),
        new("layout-constant", "one value everywhere stays one value everywhere under transpose, reshape and slice", static n =>
            n.Operator is TransposeOp or ReshapeOp or SliceOp && ConstantOp.SplatOf(n.Inputs[0]) is { } value ? Splat(n, value) : null),
        new("concatenate-constant", "parts with one value everywhere, the same one, have it together", static n =>
            n.Operator is ConcatenateOp && ConstantOp.SplatOf(n.Inputs[0]) is { } value && n.Inputs.All(i => ConstantOp.IsSplatOf(i, value))
                ? Splat(n, value) : null),
        new("extremum-constant", "max or min of one value, once or more, is this value", static n =>
            n.Operator is MaxReduceOp or MinReduceOp && ConstantOp.SplatOf(n.Inputs[0]) is { } value && Count(n) is > 0 ? Splat(n, value) : null),
        new("sum-zero", "a sum of zeros of either sign, of any number of them, is +0", static n =>
            n.Operator is SumOp && ConstantOp.SplatOf(n.Inputs[0]) is 0.0 ? Splat(n, 0) : null),
        new("sum-constant", "Σ c over n elements = n·c where every multiple of c up to it is a number of the type, so that no addition rounds", static n =>
            n.Operator is SumOp && ConstantOp.SplatOf(n.Inputs[0]) is { } value && Count(n) is > 0 and { } count && IsExactMultiple(value, count, n.Inputs[0])
                ? Splat(n, value * count) : null),
    ];

    private static Tensor Splat(Node node, double value) =>
        node.Graph.Splat(value, node.Results[0].DType, node.Results[0].Shape, Origin.None);

    /// <summary>How many elements each result combines, where no run can change that.</summary>
    private static long? Count(Node node)
    {
        Dim count = 1;
        foreach (var axis in ((Reduction)node.Operator).Axes)
        {
            count *= node.Inputs[0].Shape[axis];
        }

        return count.IsConstant ? count.Factor : null;
    }

    // c = m·2^e with odd m: all k·c with k ≤ n are exact when |m|·n fits the significand.
    private static bool IsExactMultiple(double c, long n, Tensor x)
    {
        if (!double.IsFinite(c) || c == 0)
        {
            return false;
        }

        var (precision, max) = x.DType switch
        {
            Runtime.DType.Float32 => (24, float.MaxValue),
            Runtime.DType.Float64 => (53, double.MaxValue),
            _ => (31, int.MaxValue),
        };
        var bits = BitConverter.DoubleToInt64Bits(c) & ((1L << 52) - 1);
        var significand = double.IsNormal(c) ? bits | (1L << 52) : bits;
        var odd = significand >> System.Numerics.BitOperations.TrailingZeroCount(significand);
        return n <= 1L << precision && odd <= (1L << precision) / n && Math.Abs(c) <= max / n;
    }
}
