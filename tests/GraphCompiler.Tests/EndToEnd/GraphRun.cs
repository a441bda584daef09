using System.Runtime.InteropServices;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Runs a compiled graph on reference arrays, on memory that was poisoned before.</summary>
internal static class GraphRun
{
    /// <summary>Everything that a run leaves behind: outputs, then updated variables.</summary>
    public sealed record Result(string Name, DType Type, double[] Values, byte[] Bits);

    public static List<Result> Run(Graph graph, CompiledGraph compiled, IReadOnlyDictionary<Tensor, ReferenceArray> feeds, long batch, int workers)
    {
        using var execution = compiled.CreateExecution(workers: workers);
        foreach (var symbol in execution.Layout.Symbols)
        {
            execution.Bind(symbol.Name, batch);
        }

        foreach (var slot in execution.Layout.Slots)
        {
            var values = slot.Kind is SlotKind.Input or SlotKind.Variable ? feeds[graph.Leaves[slot.Name]].Data : [];
            if (slot.Kind == SlotKind.Input)
            {
                Typed(slot.Type, values, execution, slot.Name, isVariable: false);
            }
            else if (slot.Kind == SlotKind.Variable)
            {
                Typed(slot.Type, values, execution, slot.Name, isVariable: true);
            }
        }

        execution.Poison();
        execution.Run();
        return
        [
            .. graph.Outputs.Select(o => Read(o.Name, o.Tensor.DType, execution, isVariable: false)),
            .. graph.Updates.Select(u => Read(u.Variable.Name, u.Variable.DType, execution, isVariable: true)),
        ];
    }

    private static void Typed(DType type, double[] values, Execution execution, string name, bool isVariable)
    {
        switch (type)
        {
            case DType.Float32:
                Write(Array.ConvertAll(values, static v => (float)v), execution, name, isVariable);
                break;
            case DType.Float64:
                Write(values, execution, name, isVariable);
                break;
            case DType.Int32:
                Write(Array.ConvertAll(values, static v => (int)v), execution, name, isVariable);
                break;
            default:
                Write(Array.ConvertAll(values, static v => v != 0), execution, name, isVariable);
                break;
        }
    }

    private static void Write<T>(T[] values, Execution execution, string name, bool isVariable) where T : unmanaged
    {
        if (isVariable)
        {
            execution.Variables[name].Write(values);
        }
        else
        {
            execution.Feed<T>(name, values);
        }
    }

    private static Result Read(string name, DType type, Execution execution, bool isVariable) => type switch
    {
        DType.Float32 => Read<float>(name, type, execution, isVariable, static v => v),
        DType.Float64 => Read<double>(name, type, execution, isVariable, static v => v),
        DType.Int32 => Read<int>(name, type, execution, isVariable, static v => v),
        _ => Read<bool>(name, type, execution, isVariable, static v => v ? 1 : 0),
    };

    private static Result Read<T>(string name, DType type, Execution execution, bool isVariable, Converter<T, double> toDouble) where T : unmanaged
    {
        var values = isVariable ? execution.Variables[name].Read<T>() : execution.Read<T>(name);
        return new(name, type, Array.ConvertAll(values, toDouble), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }
}
