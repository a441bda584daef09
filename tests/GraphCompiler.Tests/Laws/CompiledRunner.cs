using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Tests.Laws;

/// <summary>Kernels of one target. A graph is compiled once and runs for all extents of its symbols.</summary>
internal abstract class CompiledRunner(KernelTarget target, string name) : ITargetRunner
{
    private (Graph Graph, CompiledGraph Compiled)? _last;

    public string Target => name;

    public virtual bool IsSupported => true;

    public ReferenceArray[] Run(Graph graph, IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> feeds)
    {
        var compiled = Compile(graph);
        using var variables = new Variables();
        using var execution = compiled.CreateExecution(variables);
        foreach (var (leaf, value) in feeds)
        {
            Bind(compiled, execution, leaf, value);
        }

        foreach (var (leaf, value) in feeds)
        {
            Feed(compiled, execution, variables, leaf, value);
        }

        execution.Run();
        return [.. graph.Outputs.Select(o => Read(compiled, execution, o.Name, o.Tensor, feeds))];
    }

    private CompiledGraph Compile(Graph graph)
    {
        if (_last is not { } last || !ReferenceEquals(last.Graph, graph))
        {
            _last?.Compiled.Dispose();
            last = (graph, graph.Compile(new CompileOptions { Target = target, CacheDirectory = "" }));
            _last = last;
        }

        return last.Compiled;
    }

    private static void Bind(CompiledGraph compiled, Execution execution, Tensor leaf, ReferenceArray value)
    {
        for (var axis = 0; axis < leaf.Rank; axis++)
        {
            if (leaf.Shape[axis] is { Factor: 1, Symbols: [var symbol] } && compiled.Layout.Symbols.Any(s => s.Name == symbol.Name))
            {
                execution.Bind(symbol.Name, value.Shape[axis]);
            }
        }
    }

    private static void Feed(CompiledGraph compiled, Execution execution, Variables variables, Tensor leaf, ReferenceArray value)
    {
        var slot = compiled.Layout.Slots.FirstOrDefault(s => s.Name == leaf.Name && s.Kind is SlotKind.Input or SlotKind.Variable);
        if (slot is null)
        {
            return; // nothing that is computed needs it
        }

        switch (leaf.DType)
        {
            case DType.Float32:
                Put(Array.ConvertAll(value.Data, static x => (float)x));
                break;
            case DType.Float64:
                Put(value.Data);
                break;
            case DType.Int32:
                Put(Array.ConvertAll(value.Data, static x => (int)x));
                break;
            default:
                Put(Array.ConvertAll(value.Data, static x => x != 0));
                break;
        }

        void Put<T>(T[] data) where T : unmanaged
        {
            if (slot.Kind == SlotKind.Variable)
            {
                variables[leaf.Name].Write<T>(data);
            }
            else
            {
                data.CopyTo(execution.Span(compiled.Input<T>(leaf.Name)));
            }
        }
    }

    private static ReferenceArray Read(
        CompiledGraph compiled, Execution execution, string output, Tensor tensor, IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> feeds)
    {
        var shape = tensor.Shape.Evaluate(symbol => feeds.Select(f => Value(f.Leaf, f.Value, symbol)).First(static v => v >= 0));
        double[] data = tensor.DType switch
        {
            DType.Float32 => [.. execution.Span(compiled.Output<float>(output)).ToArray().Select(static x => (double)x)],
            DType.Float64 => execution.Span(compiled.Output<double>(output)).ToArray(),
            DType.Int32 => [.. execution.Span(compiled.Output<int>(output)).ToArray().Select(static x => (double)x)],
            _ => [.. execution.Span(compiled.Output<bool>(output)).ToArray().Select(static x => x ? 1.0 : 0.0)],
        };
        return new ReferenceArray(tensor.DType, shape, data);
    }

    private static long Value(Tensor leaf, ReferenceArray value, Symbol symbol)
    {
        for (var axis = 0; axis < leaf.Rank; axis++)
        {
            if (leaf.Shape[axis] is { Factor: 1, Symbols: [var own] } && own == symbol)
            {
                return value.Shape[axis];
            }
        }

        return -1;
    }
}

internal sealed class Avx2Runner() : CompiledRunner(KernelTarget.Avx2, "x64-avx2")
{
    public override bool IsSupported => Vec256.IsSupported;
}

internal sealed class PortableRunner() : CompiledRunner(KernelTarget.Portable, "portable");
