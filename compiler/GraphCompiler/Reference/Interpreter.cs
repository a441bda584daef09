using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Reference;

/// <summary>
/// Runs a graph by its operators' definitions, node by node, in double. With <paramref name="rounding"/> each result is
/// rounded to its element type, as a machine that stores it would; without, float32 graphs are evaluated in double.
/// </summary>
internal sealed class Interpreter(bool rounding = false)
{
    private readonly Dictionary<Tensor, ReferenceArray> _values = [];
    private readonly Dictionary<Symbol, long> _symbols = [];

    /// <summary>Gives a leaf its values. Extents of symbols are taken from the shape.</summary>
    public void Feed(Tensor leaf, ReferenceArray value)
    {
        for (var axis = 0; axis < leaf.Rank; axis++)
        {
            if (leaf.Shape[axis] is { Factor: 1, Symbols: [var symbol] })
            {
                _symbols[symbol] = value.Shape[axis];
            }
        }

        _values[leaf] = value;
    }

    /// <summary>Sets the value of a symbol that no feed determines.</summary>
    public void Set(Symbol symbol, long value) => _symbols[symbol] = value;

    /// <summary>The value of a tensor; everything that it needs is computed once.</summary>
    public ReferenceArray Evaluate(Tensor tensor)
    {
        if (!_values.ContainsKey(tensor))
        {
            foreach (var node in Traversal.Ancestors([tensor]))
            {
                Run(node);
            }
        }

        return _values[tensor];
    }

    private void Run(Node node)
    {
        if (node.Results.All(_values.ContainsKey))
        {
            return;
        }

        if (node.Operator is InputOp or VariableOp)
        {
            throw new GraphException("GRC0402", $"The interpreter requires a value for {node.Results[0].Describe()}");
        }

        var inputs = node.Inputs.Select(i => _values[i]).ToArray();
        var outputs = node.Results.Select(r => new ReferenceArray(r.DType, r.Shape.Evaluate(ValueOf))).ToArray();
        node.Operator.Reference(new ReferenceScope(node, inputs, outputs, ValueOf));
        for (var i = 0; i < outputs.Length; i++)
        {
            Round(outputs[i]);
            _values[node.Results[i]] = outputs[i];
        }
    }

    private void Round(ReferenceArray array)
    {
        if (rounding && array.Type == DType.Float32)
        {
            for (var i = 0L; i < array.Data.LongLength; i++)
            {
                array.Data[i] = (float)array.Data[i];
            }
        }
    }

    private long ValueOf(Symbol symbol) => _symbols.TryGetValue(symbol, out var value) ? value
        : throw new GraphException("GRC0403", $"The interpreter requires a value for the symbol \"{symbol.Name}\": no fed input has it as an extent");
}
