using System.Runtime.CompilerServices;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Runtime.Tests.Support;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// Kernels of one target. A graph is compiled once and runs for all extents of its symbols; every input and output of a
/// run ends where a guard page begins, so that an access behind it ends the process instead of passing unnoticed.
/// </summary>
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
        foreach (var (symbol, value) in Symbols(compiled, feeds))
        {
            execution.Bind(symbol, value);
        }

        var guards = new List<GuardedBuffer>();
        try
        {
            foreach (var (leaf, value) in feeds)
            {
                Feed(compiled, execution, variables, leaf, value, guards);
            }

            var results = graph.Outputs.Select(o => Result(execution, o.Name, o.Tensor, feeds, guards)).ToArray();
            execution.Run();
            return [.. results.Select(static read => read())];
        }
        finally
        {
            guards.ForEach(static g => g.Dispose());
        }
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

    private static IEnumerable<(string Symbol, long Value)> Symbols(CompiledGraph compiled, IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> feeds) =>
        from feed in feeds
        from axis in Enumerable.Range(0, feed.Leaf.Rank)
        where feed.Leaf.Shape[axis] is { Factor: 1, Symbols: [var symbol] } && compiled.Layout.Symbols.Any(s => s.Name == symbol.Name)
        select (feed.Leaf.Shape[axis].Symbols[0].Name, feed.Value.Shape[axis]);

    private static void Feed(
        CompiledGraph compiled, Execution execution, Variables variables, Tensor leaf, ReferenceArray value, List<GuardedBuffer> guards)
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
                return;
            }

            _ = execution.Span(compiled.Input<T>(leaf.Name)); // counts as fed
            data.CopyTo(Guarded<T>(execution, leaf.Name, SlotKind.Input, data.Length, guards));
        }
    }

    private static Func<ReferenceArray> Result(
        Execution execution, string output, Tensor tensor, IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> feeds, List<GuardedBuffer> guards)
    {
        var shape = tensor.Shape.Evaluate(symbol => feeds.Select(f => Value(f.Leaf, f.Value, symbol)).First(static v => v >= 0));
        return tensor.DType switch
        {
            DType.Float32 => Reader<float>(static x => x),
            DType.Float64 => Reader<double>(static x => x),
            DType.Int32 => Reader<int>(static x => x),
            _ => Reader<bool>(static x => x ? 1 : 0),
        };

        Func<ReferenceArray> Reader<T>(Func<T, double> convert) where T : unmanaged
        {
            var count = checked((int)shape.Aggregate(1L, static (product, extent) => product * extent));
            Guarded<T>(execution, output, SlotKind.Output, count, guards);
            var guard = guards[^1];
            return () => new ReferenceArray(tensor.DType, shape, [.. guard.AtEnd<T>(count).ToArray().Select(convert)]);
        }
    }

    private static unsafe Span<T> Guarded<T>(Execution execution, string slot, SlotKind kind, int count, List<GuardedBuffer> guards) where T : unmanaged
    {
        guards.Add(new GuardedBuffer(Math.Max(1, count) * sizeof(T)));
        var span = guards[^1].AtEnd<T>(Math.Max(1, count));
        execution.Place(slot, kind, (nint)Unsafe.AsPointer(ref span[0]));
        return span;
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
