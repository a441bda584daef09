using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>
/// The definition in double, or with what a rounding does to each result: a random relative error of a few units of the
/// last place (stochastic arithmetic, after Vignes). The spread of several noisy runs is the error that any correct
/// program may have. Operators that round nothing add no noise, so that ties and comparisons stay what they are.
/// </summary>
internal sealed class NoisyInterpreter(IReadOnlyDictionary<Tensor, ReferenceArray> leaves, Func<Symbol, long> symbols, System.Random? noise)
{
    private const double Float32Noise = 4 * 5.960464477539063e-8;
    private const double Float64Noise = 4 * 1.1102230246251565e-16;

    private readonly Dictionary<Tensor, ReferenceArray> _values = new(leaves);

    public ReferenceArray Evaluate(Tensor tensor)
    {
        foreach (var node in Traversal.Ancestors([tensor]).Where(n => !_values.ContainsKey(n.Results[0])))
        {
            var outputs = node.Results.Select(r => new ReferenceArray(r.DType, r.Shape.Evaluate(symbols))).ToArray();
            node.Operator.Reference(new ReferenceScope(node, [.. node.Inputs.Select(i => Input(node.Operator, _values[i]))], outputs, symbols));
            for (var i = 0; i < outputs.Length; i++)
            {
                Disturb(node.Operator, outputs[i]);
                _values[node.Results[i]] = outputs[i];
            }
        }

        return _values[tensor];
    }

    // Each term of a sum is rounded, whatever its total is.
    private ReferenceArray Input(Operator op, ReferenceArray array)
    {
        if (noise is null || op is not (SumOp or ContractOp or ScatterAddOp))
        {
            return array;
        }

        var copy = new ReferenceArray(array.Type, array.Shape, [.. array.Data]);
        Disturb(op, copy);
        return copy;
    }

    private void Disturb(Operator op, ReferenceArray array)
    {
        if (noise is null || !array.Type.IsFloating() || !Rounds(op))
        {
            return;
        }

        var scale = array.Type == DType.Float32 ? Float32Noise : Float64Noise;
        foreach (ref var value in array.Data.AsSpan())
        {
            value *= 1 + (scale * ((2 * noise.NextDouble()) - 1));
            value = array.Type == DType.Float32 && Math.Abs(value) > float.MaxValue ? value * double.PositiveInfinity : value;
        }
    }

    private static bool Rounds(Operator op) => op is AddOp or SubtractOp or MultiplyOp or DivideOp or ReciprocalOp or SqrtOp or ExpOp or LogOp
        or TanhOp or SigmoidOp or ErfOp or PowerOp or SumOp or ContractOp or ScatterAddOp or CastOp { To: DType.Float32 };
}
