using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// A kernel that goes through more memory than caches hold, and writes results that it does not read, writes them past the
/// caches. An ordinary store first reads the line that it writes, and pushes out one that was worth keeping; of a stream of
/// results nothing is left in the caches anyway when the next kernel begins to read it. No value changes.
/// </summary>
internal static class Streaming
{
    /// <summary>Of all that a kernel reads and writes: three quarters of a third-level cache of 32 MiB, which others use as well.
    /// Below it, the next kernel finds results in the cache.</summary>
    private const long LeastBytes = 24 << 20;

    /// <summary>Of a result.</summary>
    private const long LeastResultBytes = 1 << 20;

    /// <summary>The kernel, with hints at its stores where they pay.</summary>
    public static Kernel Of(ExecutionSchedule schedule, Kernel kernel)
    {
        // The memory of a buffer: what is updated in place is read and written under two names.
        var places = kernel.Parameters.ToDictionary(static p => p.Buffer, p => schedule.Storage[p.Tensor]);
        if (places.DistinctBy(static p => p.Value).Sum(static p => BytesOf(p.Key)) < LeastBytes)
        {
            return kernel;
        }

        // Where vector math takes longer than memory, ordinary stores are written back while it computes; these would be waited for.
        var found = new AccessCollector(kernel.Statements);
        if (found.HasFunctions)
        {
            return kernel;
        }

        var once = found.Accesses.Where(a => places.ContainsKey(a.Buffer)).GroupBy(a => places[a.Buffer]).Where(static g => g.Count() == 1).SelectMany(static g => g);
        HashSet<Access> streams = [.. once.Where(static a => a.Indirect is null && a.Buffer.Type != DType.Bool && BytesOf(a.Buffer) >= LeastResultBytes)];
        var statements = new List<KernelStatement>();
        foreach (var statement in kernel.Statements)
        {
            var (next, any) = With(statement, streams, null);
            statements.Add(next);
            if (any)
            {
                statements.Add(new FenceStatement());
            }
        }

        return kernel with { Statements = [.. statements] };
    }

    private static (KernelStatement Statement, bool Any) With(KernelStatement statement, HashSet<Access> streams, Axis? lanes)
    {
        switch (statement)
        {
            case ForStatement loop:
                var body = Body(loop.Body, loop.Kind is LoopKind.Vector or LoopKind.ParallelVector ? loop.Axis : lanes);
                return (new ForStatement(loop.Axis, loop.Kind, body.Body) { Grain = loop.Grain, Lanes = loop.Lanes, Block = loop.Block }, body.Any);
            case ReduceStatement reduce:
                var inner = Body(reduce.Body, lanes);
                return (new ReduceStatement(reduce.Accumulators, inner.Body), inner.Any);
            case StoreStatement store when lanes is not null && streams.Contains(store.Access) && store.Access.StrideOf(lanes) == 1:
                return (new StoreStatement(store.Access, store.Value, store.Comment) { Streams = true }, true);
            default:
                return (statement, false);
        }

        (ImmutableArray<KernelStatement> Body, bool Any) Body(ImmutableArray<KernelStatement> statements, Axis? along)
        {
            var all = statements.Select(s => With(s, streams, along)).ToList();
            return ([.. all.Select(static s => s.Statement)], all.Exists(static s => s.Any));
        }
    }

    // Where the extent is a symbol's, most runs may be far below its bound.
    private static long BytesOf(KernelBuffer buffer) =>
        buffer.Shape.ElementCount is { IsConstant: true } count ? count.Max * buffer.Type.Size() : 0;
}
