using System.Collections.Immutable;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// Reductions over the same lines with the work around them: for each row, passes over the line. A pass computes what
/// needs no reduction of a later pass, feeds the reductions that are due, and stores. Expensive values that a later
/// pass wants again wait in a scratch row; cheap ones are computed again.
/// </summary>
internal sealed partial class ReductionBuilder(ExecutionSchedule schedule, Group group) : KernelBuilder(schedule, group)
{
    private const long MaxScratchBytes = 1 << 16;

    private readonly Dictionary<Node, int> _pass = [];
    private readonly Dictionary<Node, (KernelBuffer Row, int Pass)> _stash = []; // and the pass that fills it: the first that needs the value
    private readonly List<(KernelBuffer Buffer, long Offset)> _scratch = [];
    private readonly List<KernelBuffer> _partials = []; // what chunks leave, seen by all workers
    private readonly List<(Node Node, Access Sum)> _columnSums = []; // of the chunk that is counted
    private LoopSpace _space = null!;
    private Axis _chunks = new("chunk", 1);
    private long _scratchBytes;
    private bool _lanesAlongLine;
    private int _lastPass;

    public static Kernel Build(ExecutionSchedule schedule, Group group)
    {
        var plain = LoopSpace.Plain(group.Space, group.Reduced);
        var probe = new ReductionBuilder(schedule, group);
        List<KernelStatement> all = [.. probe.Rows(plain, stash: false), .. probe.Columns()];
        var merged = plain.Merge(new AccessCollector(all));
        var vectorize = Loops.CanVectorize(new ReductionBuilder(schedule, group).Rows(merged, stash: false), [.. merged.Axes.Select(static a => a.Axis)]);
        return new ReductionBuilder(schedule, group).Finish(merged, vectorize);
    }

    private Kernel Finish(LoopSpace space, bool vectorize)
    {
        var lineIsInnermost = space.Axes.Length > 0 && space.Axes[^1].Kind == 1;
        _lanesAlongLine = vectorize && lineIsInnermost;
        var inColumns = vectorize && !lineIsInnermost;
        var chunkSize = Group.Nodes.Any(IsColumnReduction) ? null : ReductionChunks.SizeOf(space, inColumns, singlePass: LastPass(space) == 0, Schedule.Split);
        ImmutableArray<KernelStatement> statements = (space.Kept.IsEmpty, chunkSize) switch
        {
            (true, null) => [.. Rows(space, stash: lineIsInnermost)],
            (true, { } size) => [.. ChunksOfOneLine(space, size)],
            (false, null) => Lines(space, inColumns),
            (false, { } size) => [.. ChunksOfLines(space, size, inColumns)],
        };
        var final = Final();
        if (final.Count > 0)
        {
            statements = [.. statements, new BarrierStatement(), .. final];
        }

        return new Kernel(KernelName(), Parameters, Prefetching.Of(Shared([.. statements])), _scratchBytes, IsWorthSplitting() && (space.Kept.Length > 0 || chunkSize is not null), Formulas())
        {
            Scratch = [.. _scratch],
            Shared = [.. _partials],
        };
    }

    // Each line by one worker.
    private ImmutableArray<KernelStatement> Lines(LoopSpace space, bool inColumns)
    {
        if (Group.Nodes.Any(IsColumnReduction))
        {
            return ChunksOfRows(space);
        }

        var rows = Rows(space, stash: space.Axes[^1].Kind == 1);
        var line = space.Reduced.Aggregate(1L, static (n, axis) => checked(n * Math.Max(1, axis.Extent.Max)));
        return Loops.Nest(space.Kept, [.. rows], inColumns, Schedule.Split, line, inColumns ? ReductionLanes.Block(space.Kept[^1], rows) : null);
    }

    private int LastPass(LoopSpace space)
    {
        _space = space;
        FindPasses();
        return _lastPass;
    }

    private List<KernelStatement> Rows(LoopSpace space, bool stash)
    {
        _space = space;
        FindPasses();
        if (stash)
        {
            FindStash();
        }

        var (statements, late) = (new List<KernelStatement>(), new List<KernelStatement>());
        DefineRows(0, statements, late);
        for (var pass = 0; pass <= _lastPass; pass++)
        {
            Pass(pass, statements);
            DefineRows(pass + 1, statements, late);
        }

        statements.AddRange(late);
        return statements;
    }

    // Values of a row that need the reductions of the passes before one; null for stores: they are memory another time.
    private void DefineRows(int ready, List<KernelStatement> into, List<KernelStatement>? late)
    {
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) == Level.Row))
        {
            var isReduction = IsRowReduction(node);
            if ((isReduction ? _pass[node] + 1 : _pass[node]) != ready)
            {
                continue;
            }

            var (tensor, index) = (node.Results[0], IndexOf(node, Level.Row));
            if (!isReduction)
            {
                // Read within a line it is computed in front of it; otherwise it may stay part of a formula.
                Define(node, Compute(node, index), into, alwaysLocal: IsReadByPoints(node));
            }

            if (late is not null && IsStored(tensor))
            {
                (Schedule.InPlace.Contains(tensor) ? late : into).Add(Store(tensor, index, Values[node]));
            }
        }
    }

    private bool IsReadByPoints(Node node) =>
        Group.Nodes.Any(reader => (Group.LevelOf(reader) == Level.Point || IsRowReduction(reader) || IsColumnReduction(reader)) && SourcesOf(reader).Contains(node));

    private ImmutableArray<AffineIndex> IndexOf(Node node, Level level) => Group.IndexOf(node.Results[0].Shape, level, _space.Index)!.Value;

    private Access StashAt(KernelBuffer stash) => stash.Dense.At([.. Group.Reduced.Select(a => _space.Index[a])]);
}
