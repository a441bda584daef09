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
        if (kernel.Parameters.Sum(static p => BytesOf(p.Buffer)) < LeastBytes)
        {
            return kernel; // nearly all are
        }

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
            statements.Add(statement);
            if (Mark(statement, streams, null))
            {
                statements.Add(new FenceStatement());
            }
        }

        return kernel with { Statements = [.. statements] };
    }

    // True where there is a store to mark.
    private static bool Mark(KernelStatement statement, HashSet<Access> streams, Axis? lanes)
    {
        switch (statement)
        {
            case ForStatement loop:
                return MarkAll(loop.Body, streams, loop.Kind is LoopKind.Vector or LoopKind.ParallelVector ? loop.Axis : lanes);
            case ReduceStatement reduce:
                return MarkAll(reduce.Body, streams, lanes);
            case StoreStatement store:
                return store.Streams = lanes is not null && streams.Contains(store.Access) && store.Access.StrideOf(lanes) == 1;
            default:
                return false;
        }
    }

    private static bool MarkAll(IEnumerable<KernelStatement> statements, HashSet<Access> streams, Axis? lanes)
    {
        var any = false;
        foreach (var statement in statements)
        {
            any |= Mark(statement, streams, lanes);
        }

        return any;
    }

    // Where the extent is a symbol's, most runs may be far below its bound.
    private static long BytesOf(KernelBuffer buffer) =>
        buffer.Shape.ElementCount is { IsConstant: true } count ? count.Max * buffer.Type.Size() : 0;
}
