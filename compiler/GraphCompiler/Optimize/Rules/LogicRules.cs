using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Optimize.Rules;

/// <summary>Conditions and choices. No law turns ¬(a &lt; b) into b ≤ a: with NaN both sides of that are not the same.</summary>
internal static class LogicRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("not-not", "¬¬a = a", static n => n.Operator is NotOp ? Negated(n.Inputs[0]) : null),
        new("not-equal", "¬(a = b) is a ≠ b and ¬(a ≠ b) is a = b, NaN included", static n =>
            n.Operator is not NotOp ? null
            : n.Inputs[0].Node is { Operator: EqualOp } equal ? Tensor.Binary(new NotEqualOp(), equal.Inputs[0], equal.Inputs[1], Origin.None)
            : n.Inputs[0].Node is { Operator: NotEqualOp } differ ? Tensor.Binary(new EqualOp(), differ.Inputs[0], differ.Inputs[1], Origin.None)
            : null),
        new("logic-idempotent", "a ∧ a = a ∨ a = a", static n =>
            n.Operator is AndOp or OrOp && ReferenceEquals(n.Inputs[0], n.Inputs[1]) ? n.Inputs[0] : null),
        new("logic-constant", "a ∧ true = a, a ∧ false = false, a ∨ true = true, a ∨ false = a", static n =>
            n.Operator is AndOp or OrOp ? WithConstant(n, 0) ?? WithConstant(n, 1) : null),
        new("extremum-same", "max(x, x) = min(x, x) = x", static n =>
            n.Operator is MaximumOp or MinimumOp && ReferenceEquals(n.Inputs[0], n.Inputs[1]) ? n.Inputs[0] : null),
        new("compare-same", "x < x is false; for integers x ≤ x and x = x are true and x ≠ x is false (NaN ≠ NaN)", static n =>
            n.Inputs.Length != 2 || !ReferenceEquals(n.Inputs[0], n.Inputs[1]) ? null
            : n.Operator is LessOp ? Constant(n, false)
            : n.Inputs[0].DType.IsFloating() ? null
            : n.Operator is LessOrEqualOp or EqualOp ? Constant(n, true)
            : n.Operator is NotEqualOp ? Constant(n, false)
            : null),
        new("select-constant", "true ? a : b = a, false ? a : b = b", static n =>
            n.Operator is SelectOp && ConstantOp.SplatOf(n.Inputs[0]) is { } condition
                ? Elementwise.Stretch(n.Inputs[condition != 0 ? 1 : 2], n.Results[0].Shape) : null),
        new("select-equal", "c ? a : a = a", static n =>
            n.Operator is SelectOp && ReferenceEquals(n.Inputs[1], n.Inputs[2]) ? Elementwise.Stretch(n.Inputs[1], n.Results[0].Shape) : null),
        new("select-not", "¬c ? a : b = c ? b : a", static n =>
            n.Operator is SelectOp && Negated(n.Inputs[0]) is { } condition ? Select(condition, n.Inputs[2], n.Inputs[1]) : null),
        new("select-bool", "c ? true : false = c, c ? false : true = ¬c", static n =>
            n.Operator is not SelectOp || n.Results[0].DType != DType.Bool || Rule.Same(n, 0) is not { } condition ? null
            : ConstantOp.IsSplatOf(n.Inputs[1], 1) && ConstantOp.IsSplatOf(n.Inputs[2], 0) ? condition
            : ConstantOp.IsSplatOf(n.Inputs[1], 0) && ConstantOp.IsSplatOf(n.Inputs[2], 1) ? Tensor.Apply(new NotOp(), condition, Origin.None)
            : null),
        new("select-select", "c ? (c ? a : b) : d = c ? a : d, c ? a : (c ? b : d) = c ? a : d", static n =>
            n.Operator is SelectOp ? Shortcut(n, 1) ?? Shortcut(n, 2) : null),
    ];

    private static Tensor? Negated(Tensor condition) => condition.Node is { Operator: NotOp } node ? node.Inputs[0] : null;

    private static Tensor Select(Tensor condition, Tensor whenTrue, Tensor whenFalse) =>
        condition.Graph.Add(new SelectOp(), [condition, whenTrue, whenFalse], Origin.None).Results[0];

    private static Tensor Constant(Node node, bool value) =>
        node.Graph.Splat(value ? 1 : 0, DType.Bool, node.Results[0].Shape, Origin.None);

    private static Tensor? WithConstant(Node node, int input) =>
        ConstantOp.SplatOf(node.Inputs[input]) is not { } value ? null
        : (value != 0) == node.Operator is OrOp ? Constant(node, value != 0)
        : Elementwise.Stretch(node.Inputs[1 - input], node.Results[0].Shape);

    // Only where the value that falls away did not give the result its shape.
    private static Tensor? Shortcut(Node node, int branch)
    {
        var condition = node.Inputs[0];
        if (node.Inputs[branch].Node is not { Operator: SelectOp } inner || !ReferenceEquals(inner.Inputs[0], condition))
        {
            return null;
        }

        var inputs = node.Inputs.SetItem(branch, inner.Inputs[branch]);
        return Elementwise.ShapeOf(inputs) == node.Results[0].Shape ? Select(condition, inputs[1], inputs[2]) : null;
    }
}
