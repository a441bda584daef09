using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// Row by row, a kernel reads a few streams, each for the length of a row and in several passes, of which only one waits for
/// memory. The processor's own prefetching starts anew with each row. So the passes over a row fetch the streams of a later
/// one, each pass some of them. A hint changes no value.
/// </summary>
/// <param name="placeOf">The memory of a buffer: what is updated in place is read and written under two names.</param>
internal sealed class Prefetching(Func<KernelBuffer, object> placeOf)
{
    /// <summary>Smaller buffers stay in the second-level cache from one run to the next.</summary>
    private const long LeastBytes = 1 << 20;

    /// <summary>Of a row: shorter ones follow each other so closely that they are one stream; longer ones would push each
    /// other out of the first-level cache.</summary>
    private const long LeastRowBytes = 512, MostRowBytes = 1 << 13;

    /// <summary>So far ahead at most, but a row at least: several times what a trip to memory takes, and where there are more streams than one,
    /// which wait for each other and for results on their way out, three times that. Rows further ahead would push each other
    /// out of the first-level cache.</summary>
    private const long AheadBytes = 2048, AheadBytesOfSeveral = 6144;

    /// <summary>The statements with hints in their passes over rows.</summary>
    public ImmutableArray<KernelStatement> Of(ImmutableArray<KernelStatement> statements) => [.. statements.Select(Of)];

    /// <summary>The accesses of an epilogue that are in memory by themselves: neither the tile nor a row for all rows.</summary>
    public IEnumerable<Access> OfTile(IEnumerable<KernelStatement> epilogue, KernelBuffer tile, Axis row, Axis column) =>
        Distinct(new AccessCollector(epilogue).Accesses.Where(a =>
            a.Buffer != tile && a.Indirect is null && a.StrideOf(column) == 1 && a.StrideOf(row).Factor > 1 && Bytes(a.Buffer) >= LeastBytes / 4));

    private KernelStatement Of(KernelStatement statement)
    {
        if (statement is not ForStatement { Kind: LoopKind.Serial or LoopKind.Parallel } rows)
        {
            return statement;
        }

        var passes = rows.Body.Count(static s => PassOf(s) is not null);
        var streams = passes < 2 ? [] : Distinct(rows.Body.SelectMany(s => PassOf(s) is { } pass ? Streams(pass, rows.Axis) : []));
        if (streams.Count == 0)
        {
            return rows.With([.. rows.Body.Select(Of)]);
        }

        var ordinal = 0;
        return rows.With([.. rows.Body.Select(s => PassOf(s) is { } pass ? WithPass(s, Fetching(pass, Share(ordinal++))) : s)]);

        // The first pass does the least, so that a single stream is best asked for there. Several would come in bursts that all
        // wait for: they are asked for by the last passes, which write and take longest.
        IEnumerable<Access> Share(int pass) => streams
            .Where((_, i) => (streams.Count == 1 ? 0 : passes - 1 - (i % passes)) == pass)
            .Select(s => Ahead(s, rows.Axis, streams.Count > 1));
    }

    // The loop over a row, alone or within a reduction of the row.
    private static ForStatement? PassOf(KernelStatement statement) => statement switch
    {
        ForStatement { Kind: LoopKind.Vector } loop => loop,
        ReduceStatement { Body: [ForStatement { Kind: LoopKind.Vector } loop] } => loop,
        _ => null,
    };

    private static KernelStatement WithPass(KernelStatement statement, ForStatement pass) =>
        statement is ReduceStatement reduce ? new ReduceStatement(reduce.Accumulators, [pass]) : pass;

    // What is only written is left alone: processors write whole lines without reading them first, and a hint would make them read.
    private static IEnumerable<Access> Streams(ForStatement pass, Axis rows)
    {
        HashSet<KernelBuffer> written = [.. pass.Body.OfType<StoreStatement>().Select(static s => s.Access.Buffer)];
        return new AccessCollector(pass.Body).Accesses.Where(a =>
            a.Indirect is null && !written.Contains(a.Buffer) && a.StrideOf(pass.Axis) == 1 && a.StrideOf(rows) is { IsConstant: true } stride
            && stride.Factor * a.Buffer.Type.Size() is >= LeastRowBytes and <= MostRowBytes && Bytes(a.Buffer) >= LeastBytes);
    }

    private static Access Ahead(Access access, Axis rows, bool ofSeveral)
    {
        var stride = access.StrideOf(rows).Factor;
        var count = Math.Max(1, (ofSeveral ? AheadBytesOfSeveral : AheadBytes) / (stride * access.Buffer.Type.Size()));
        return new Access(access.Buffer, access.Terms, access.Offset + (Dim)(count * stride));
    }

    private static ForStatement Fetching(ForStatement pass, IEnumerable<Access> accesses) =>
        pass.With([.. accesses.Select(static a => new PrefetchStatement(a)), .. pass.Body]);

    private List<Access> Distinct(IEnumerable<Access> accesses)
    {
        var distinct = new List<Access>();
        foreach (var access in accesses)
        {
            var index = new AffineIndex(access.Terms, access.Offset);
            if (!distinct.Exists(d => placeOf(d.Buffer) == placeOf(access.Buffer) && new AffineIndex(d.Terms, d.Offset).SameAs(index)))
            {
                distinct.Add(access);
            }
        }

        return distinct;
    }

    private static long Bytes(KernelBuffer buffer) => buffer.Shape.ElementCount.Max * buffer.Type.Size();
}
