using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Optimize.Rules;

/// <summary>Conversions that lose nothing need not happen before one that follows.</summary>
internal static class CastRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("cast-cast", "T₂(T₁(x)) = T₂(x) where T₁ holds every value of x's type", static n =>
            n.Operator is CastOp && n.Inputs[0].Node is { Operator: CastOp } inner && Holds(inner.Inputs[0].DType, n.Inputs[0].DType)
                ? Tensor.Apply(n.Operator, inner.Inputs[0], Origin.None) : null),
        new("cast-truth", "bool(T(i)) = bool(i) for an integer i: rounding makes no other number zero", static n =>
            n.Operator is CastOp { To: DType.Bool } && n.Inputs[0].Node is { Operator: CastOp } inner && inner.Inputs[0].DType == DType.Int32
                ? Tensor.Apply(n.Operator, inner.Inputs[0], Origin.None) : null),
    ];

    private static bool Holds(DType from, DType to) => (from, to) switch
    {
        (DType.Bool, _) => true,
        (DType.Int32, DType.Float64) => true,
        (DType.Float32, DType.Float64) => true,
        _ => from == to,
    };
}
