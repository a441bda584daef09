using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Compile;

/// <summary>
/// The values of a run, tensor by tensor: from its memory, or by their definition from values that are there. Only views
/// and what is no floating number has to be computed again.
/// </summary>
internal sealed class KeptValues
{
    private readonly RunValues _run;
    private readonly Dictionary<Tensor, int> _slots = [];

    public KeptValues(ImmutableArray<(Tensor Tensor, int Slot)> kept, RunValues run)
    {
        _run = run;
        foreach (var (tensor, slot) in kept)
        {
            _slots[tensor] = slot;
        }
    }

    public ReferenceArray Of(Tensor tensor)
    {
        var known = new Dictionary<Tensor, ReferenceArray>();
        var pending = new Stack<Tensor>([tensor]);
        while (pending.TryPeek(out var top))
        {
            if (known.ContainsKey(top))
            {
                pending.Pop();
            }
            else if (_slots.TryGetValue(top, out var slot))
            {
                known.Add(top, Read(top, slot));
            }
            else if (top.Node.Inputs.Where(i => !known.ContainsKey(i)).ToArray() is { Length: > 0 } missing)
            {
                Array.ForEach(missing, pending.Push);
            }
            else
            {
                Compute(top.Node, known);
            }
        }

        return known[tensor];
    }

    private void Compute(Node node, Dictionary<Tensor, ReferenceArray> known)
    {
        var outputs = node.Results.Select(r => new ReferenceArray(r.DType, r.Shape.Evaluate(ValueOf))).ToArray();
        node.Operator.Reference(new ReferenceScope(node, [.. node.Inputs.Select(i => known[i])], outputs, ValueOf));
        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].Type == DType.Float32)
            {
                var data = outputs[i].Data;
                for (var e = 0L; e < data.LongLength; e++)
                {
                    data[e] = (float)data[e];
                }
            }

            known[node.Results[i]] = outputs[i];
        }
    }

    private ReferenceArray Read(Tensor tensor, int slot)
    {
        double[] data = tensor.DType switch
        {
            DType.Float32 => [.. _run.Elements<float>(slot).ToArray().Select(static v => (double)v)],
            DType.Float64 => _run.Elements<double>(slot).ToArray(),
            DType.Int32 => [.. _run.Elements<int>(slot).ToArray().Select(static v => (double)v)],
            _ => [.. _run.Elements<byte>(slot).ToArray().Select(static v => (double)v)],
        };
        return new ReferenceArray(tensor.DType, tensor.Shape.Evaluate(ValueOf), data);
    }

    private long ValueOf(Symbol symbol) => _run.Symbol(symbol.Name);
}
