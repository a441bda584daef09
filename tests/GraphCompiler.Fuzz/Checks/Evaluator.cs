using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Checks;

/// <summary>
/// The definition, each result rounded to its node's type; or with what other roundings may do to it: a random relative
/// error of a few units of the last place (stochastic arithmetic, after Vignes). The spread of several noisy evaluations
/// is the error that any correct program may have. Operators that round nothing add no noise, so that ties and
/// comparisons stay what they are.
/// </summary>
/// <param name="leaves">Values of inputs and variables.</param>
/// <param name="symbols">Values of symbols.</param>
/// <param name="noise">None: the definition itself.</param>
/// <param name="isAlike">
/// True: what is equal before the noise is equal after it, as functions of equal operands are. Otherwise the largest of
/// many equal values would always be above what is close to them.
/// </param>
internal sealed class Evaluator(
    IReadOnlyDictionary<Tensor, ReferenceArray> leaves, Func<Symbol, long> symbols, System.Random? noise = null, bool isAlike = false)
{
    private const double Float32Noise = 4 * 5.960464477539063e-8;
    private const double Float64Noise = 4 * 1.1102230246251565e-16;

    private readonly Dictionary<Tensor, ReferenceArray> _values = new(leaves);

    public bool Has(Node node) => _values.ContainsKey(node.Results[0]);

    /// <summary>Gives a leaf its values.</summary>
    public void Feed(Tensor leaf, ReferenceArray value) => _values[leaf] = value;

    public ReferenceArray Evaluate(Tensor tensor)
    {
        if (!_values.ContainsKey(tensor))
        {
            foreach (var node in Traversal.Ancestors([tensor]).Where(n => !Has(n)))
            {
                Run(node);
            }
        }

        return _values[tensor];
    }

    /// <summary>One node on given operands, each result rounded to its type.</summary>
    public static ReferenceArray[] Apply(Node node, ReferenceArray[] inputs, Func<Symbol, long> symbols)
    {
        var outputs = node.Results.Select(r => new ReferenceArray(r.DType, r.Shape.Evaluate(symbols))).ToArray();
        node.Operator.Reference(new ReferenceScope(node, inputs, outputs, symbols));
        foreach (var output in outputs.Where(static o => o.Type == DType.Float32))
        {
            foreach (ref var value in output.Data.AsSpan())
            {
                value = (float)value;
            }
        }

        return outputs;
    }

    private void Run(Node node)
    {
        var outputs = Apply(node, [.. node.Inputs.Select(i => Operand(node, i))], symbols);
        for (var i = 0; i < outputs.Length; i++)
        {
            Disturb(node.Operator, outputs[i], isAlike);
            _values[node.Results[i]] = outputs[i];
        }
    }

    // Each term of a sum is rounded, whatever its total is. In float64 the definition is no better than a program: it adds one
    // term after the other, and rounds the sum so far each time.
    // A product that is added may not have been rounded, though the same product is elsewhere; less itself it is 0.
    private ReferenceArray Operand(Node node, Tensor input)
    {
        var (op, array) = (node.Operator, _values[input]);
        var mayFuse = Accuracy.MayFuse(op) && IsProduct(input) && !ReferenceEquals(node.Inputs[0], node.Inputs[1]);
        if (noise is null || !(Accuracy.IsSum(op) || mayFuse))
        {
            return array;
        }

        var copy = new ReferenceArray(array.Type, array.Shape, [.. array.Data]);
        Disturb(op, copy, isAlike: false, array.Type == DType.Float64 && Accuracy.IsSum(op) ? Math.Sqrt(array.Data.Length) : 1);
        return copy;
    }

    private static bool IsProduct(Tensor tensor)
    {
        while (tensor.Node.Operator.IsView)
        {
            tensor = tensor.Node.Inputs[0];
        }

        return tensor.Node.Operator is MultiplyOp;
    }

    private void Disturb(Operator op, ReferenceArray array, bool isAlike, double factor = 1)
    {
        if (noise is null || !array.Type.IsFloating() || Accuracy.IsExact(op))
        {
            return;
        }

        var scale = factor * (array.Type == DType.Float32 ? Float32Noise : Float64Noise);
        var least = Accuracy.LeastMagnitude(op);
        var stream = noise.Next();
        foreach (ref var value in array.Data.AsSpan())
        {
            var fraction = isAlike ? Seeds.Fraction(stream, value) : noise.NextDouble();
            var disturbed = value + (Math.Max(Math.Abs(value), least) * scale * ((2 * fraction) - 1));
            disturbed = value > 0 ? Math.Max(disturbed, 0) : value < 0 ? Math.Min(disturbed, 0) : disturbed; // what is lost is 0, no other sign
            // Rounded, so that what is close may turn out equal.
            value = !double.IsFinite(value) ? value : array.Type == DType.Float32 ? (float)disturbed : disturbed;
        }
    }
}
