using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Compile;

/// <summary>
/// Where NaN and infinities come from. A node is to blame for a NaN that no operand has, and for an infinity where all
/// operands are finite; not for passing them on, nor for what a selection then throws away.
/// </summary>
internal sealed class NumericsSearch
{
    private readonly KeptValues _values;
    private readonly ILookup<Tensor, Node> _readers;
    private readonly HashSet<Tensor> _results;

    public NumericsSearch(ImmutableArray<(Tensor Tensor, int Slot)> kept, RunValues run)
    {
        _values = new KeptValues(kept, run);
        var graph = kept[0].Tensor.Graph;
        _readers = graph.Nodes.SelectMany(static n => n.Inputs.Distinct().Select(i => (Input: i, Node: n))).ToLookup(static p => p.Input, static p => p.Node);
        _results = [.. graph.Outputs.Select(static o => o.Tensor), .. graph.Updates.Select(static u => u.Value)];
    }

    /// <summary>GRC0470 where this tensor, which has values that are not finite, is to blame for one; else null.</summary>
    public GraphException? Problem(Tensor tensor)
    {
        var value = _values.Of(tensor);
        ReferenceArray[] operands = [.. tensor.Node.Inputs.Select(_values.Of)];
        var at = tensor.Node.Operator.IsElementwise ? FirstOfElements(tensor.Node, value, operands) : FirstOfAll(tensor.Node, value, operands);
        return at >= 0 && Matters(tensor, value) ? NumericsReport.Of(tensor, value, at, operands) : null;
    }

    private static long FirstOfElements(Node node, ReferenceArray value, ReferenceArray[] operands)
    {
        var (first, position) = (-1L, 0L);
        ReferenceArray.ForEach(value.Shape, index =>
        {
            var x = value.Data[position++];
            if (first < 0 && !double.IsFinite(x))
            {
                var (hasNaN, hasInfinity) = (false, false);
                for (var i = 0; i < operands.Length; i++)
                {
                    var operand = operands[i].Broadcast(index);
                    hasNaN |= double.IsNaN(operand) && !IsConstant(node.Inputs[i]);
                    hasInfinity |= double.IsInfinity(operand);
                }

                first = !hasNaN && (double.IsNaN(x) || !hasInfinity) ? position - 1 : -1;
            }
        });
        return first;
    }

    // Which elements of the operands an element comes from is not known here: any of them is an excuse.
    private static long FirstOfAll(Node node, ReferenceArray value, ReferenceArray[] operands)
    {
        if (IsConstant(node.Results[0]))
        {
            return Array.FindIndex(value.Data, double.IsNaN);
        }

        if (operands.Where((o, i) => !IsConstant(node.Inputs[i])).Any(static o => o.Data.Any(double.IsNaN)))
        {
            return -1;
        }

        var hasInfinity = operands.Any(static o => o.Data.Any(double.IsInfinity));
        return Array.FindIndex(value.Data, x => double.IsNaN(x) || (!hasInfinity && double.IsInfinity(x)));
    }

    private static bool IsConstant(Tensor tensor)
    {
        while (tensor.Node.Operator.IsView)
        {
            tensor = tensor.Node.Inputs[0];
        }

        return tensor.Node.Operator is ConstantOp;
    }

    /// <summary>
    /// False where selections throw all of it away: whatever the values would have become, nothing depends on them.
    /// </summary>
    private bool Matters(Tensor tensor, ReferenceArray value)
    {
        var seen = new HashSet<Tensor> { tensor };
        var pending = new Stack<(Tensor Tensor, ReferenceArray Value)>([(tensor, value)]);
        while (pending.TryPop(out var bad))
        {
            if (_results.Contains(bad.Tensor))
            {
                return true;
            }

            foreach (var reader in _readers[bad.Tensor])
            {
                foreach (var result in reader.Results.Where(r => r.DType.IsFloating() || !reader.Operator.IsView))
                {
                    var became = _values.Of(result);
                    var (isUsed, isLost) = Follow(reader, bad.Tensor, bad.Value, became);
                    if (isLost)
                    {
                        return true; // became an ordinary number, which is not what was meant
                    }

                    if (isUsed && seen.Add(result))
                    {
                        pending.Push((result, became));
                    }
                }
            }
        }

        return false;
    }

    // Whether a value that is not finite goes on to be one, and whether some went into one that is.
    private static (bool IsUsed, bool IsLost) Follow(Node reader, Tensor operand, ReferenceArray value, ReferenceArray became)
    {
        if (reader.Operator.IsView)
        {
            return (became.Data.Any(static x => !double.IsFinite(x)), false);
        }

        if (!reader.Operator.IsElementwise || reader.Operator is SelectOp)
        {
            var isBad = became.Data.Any(static x => !double.IsFinite(x));
            return reader.Operator is SelectOp && !ReferenceEquals(reader.Inputs[0], operand) ? (isBad, false) : (isBad, !isBad);
        }

        var (used, lost, position) = (false, false, 0L);
        ReferenceArray.ForEach(became.Shape, index =>
        {
            var isFinite = double.IsFinite(became.Data[position++]);
            if (!double.IsFinite(value.Broadcast(index)))
            {
                used |= !isFinite;
                lost |= isFinite;
            }
        });
        return (used, lost);
    }
}
