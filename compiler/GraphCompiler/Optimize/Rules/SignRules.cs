using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Optimize.Rules;

/// <summary>
/// Signs move outwards through products and quotients, meet and cancel, or end in a constant. All exact: rounding to
/// nearest is symmetric. Sums have no such law: −(a − a) = −0, but a − a = +0.
/// </summary>
internal static class SignRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("product-of-negated", "(−a)·(−b) = a·b, (−a)/(−b) = a/b", static n =>
            n.Operator is MultiplyOp or DivideOp && Negated(n.Inputs[0]) is { } a && Negated(n.Inputs[1]) is { } b
                ? Tensor.Binary(n.Operator, a, b, Origin.None) : null),
        new("negated-factor", "(−a)·b = a·(−b) = −(a·b), likewise a/b, where the negated one is not smaller than the result", static n =>
            n.Operator is not (MultiplyOp or DivideOp) ? null
            : Rule.Same(n, 0) is { } left && Negated(left) is { } a ? Negate(Tensor.Binary(n.Operator, a, n.Inputs[1], Origin.None))
            : Rule.Same(n, 1) is { } right && Negated(right) is { } b ? Negate(Tensor.Binary(n.Operator, n.Inputs[0], b, Origin.None))
            : null),
        new("negate-constant-factor", "−(a·c) = a·(−c), likewise a/c and c/a, for floating c", static n =>
            n.Operator is NegateOp && n.Inputs[0].Node is { Operator: MultiplyOp or DivideOp } product && n.Inputs[0].DType.IsFloating()
                ? NegateConstant(product, 1) ?? NegateConstant(product, 0) : null),
        new("even-function", "|−x| = |x|", static n =>
            n.Operator is AbsOp && Negated(n.Inputs[0]) is { } x ? Tensor.Apply(n.Operator, x, Origin.None) : null),
        new("sign-known", "|x| = x and relu(x) = x where x = |y|, floating", static n =>
            n.Operator is AbsOp or ReluOp && n.Inputs[0].DType.IsFloating() && n.Inputs[0].Node.Operator is AbsOp ? n.Inputs[0] : null),
    ];

    private static Tensor? Negated(Tensor tensor) => tensor.Node is { Operator: NegateOp } node ? node.Inputs[0] : null;

    private static Tensor Negate(Tensor tensor) => Tensor.Apply(new NegateOp(), tensor, Origin.None);

    private static Tensor? NegateConstant(Node product, int input)
    {
        if (ConstantOp.SplatOf(product.Inputs[input]) is not { } value || double.IsNaN(value))
        {
            return null;
        }

        var constant = product.Inputs[input];
        var negated = product.Graph.Splat(-value, constant.DType, constant.Shape, Origin.None);
        return product.Graph.Add(product.Operator, product.Inputs.SetItem(input, negated), Origin.None).Results[0];
    }
}
