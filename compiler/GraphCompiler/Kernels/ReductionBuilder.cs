using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// Reductions over the same lines with the work around them: for each row, passes over the line. A pass computes what
/// needs no reduction of a later pass, feeds the reductions that are due, and stores. Expensive values that a later
/// pass wants again wait in a scratch row; cheap ones are computed again.
/// </summary>
internal sealed class ReductionBuilder(ExecutionSchedule schedule, Group group) : KernelBuilder(schedule, group)
{
    private const long MaxScratchBytes = 1 << 16;

    private readonly Dictionary<Node, int> _pass = [];
    private readonly Dictionary<Node, (KernelBuffer Row, int Pass)> _stash = []; // and the pass that fills it: the first that needs the value
    private readonly List<(KernelBuffer Buffer, long Offset)> _scratch = [];
    private LoopSpace _space = null!;
    private long _scratchBytes;
    private bool _lanesAlongLine;
    private int _lastPass;

    public static Kernel Build(ExecutionSchedule schedule, Group group)
    {
        var plain = LoopSpace.Plain(group.Space, group.Reduced);
        var probe = new ReductionBuilder(schedule, group);
        var merged = plain.Merge(new AccessCollector(probe.Rows(plain, stash: false)));
        var vectorize = Loops.CanVectorize(new ReductionBuilder(schedule, group).Rows(merged, stash: false), [.. merged.Axes.Select(static a => a.Axis)]);
        return new ReductionBuilder(schedule, group).Finish(merged, vectorize);
    }

    private Kernel Finish(LoopSpace space, bool vectorize)
    {
        var lineIsInnermost = space.Axes.Length > 0 && space.Axes[^1].Kind == 1;
        _lanesAlongLine = vectorize && lineIsInnermost;
        var rows = Rows(space, stash: lineIsInnermost);
        var line = space.Reduced.Aggregate(1L, static (n, axis) => checked(n * Math.Max(1, axis.Extent.Max)));
        var inColumns = vectorize && !lineIsInnermost;
        var statements = space.Kept.IsEmpty ? [.. rows]
            : Loops.Nest(space.Kept, [.. rows], inColumns, Schedule.Split, line, inColumns ? ReductionLanes.Block(space.Kept[^1], rows) : null);
        var final = Final();
        if (final.Count > 0)
        {
            statements = [.. statements, new BarrierStatement(), .. final];
        }

        return new Kernel(KernelName(), Parameters, Shared([.. statements]), _scratchBytes, IsWorthSplitting() && space.Kept.Length > 0, Formulas())
        {
            Scratch = [.. _scratch],
        };
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

    // A point node runs in the first pass in which all that it needs is there; a reduction is complete after its pass.
    private void FindPasses()
    {
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) != Level.Final))
        {
            var pass = 0;
            foreach (var source in SourcesOf(node))
            {
                pass = Math.Max(pass, _pass[source] + (IsRowReduction(source) ? 1 : 0));
            }

            _pass[node] = pass;
            if (Group.LevelOf(node) == Level.Point ? IsStored(node.Results[0]) : IsRowReduction(node))
            {
                _lastPass = Math.Max(_lastPass, pass);
            }
        }
    }

    private bool IsRowReduction(Node node) => Group.LevelOf(node) == Level.Row && Legal.Forms[node] == NodeForm.Reduction;

    private void FindStash()
    {
        var seen = new Dictionary<Node, int>();
        for (var pass = 0; pass <= _lastPass; pass++)
        {
            foreach (var node in NeededIn(pass))
            {
                if (seen.TryAdd(node, pass) || NodeForms.IsCheap(node) || IsReloaded(node, pass) || _stash.ContainsKey(node))
                {
                    continue;
                }

                var shape = Shape.Create([.. Group.Reduced.Select(a => Group.Space[a])]);
                var bytes = (checked(shape.ElementCount.Max * node.Results[0].DType.Size()) + 63) / 64 * 64;
                if (_scratchBytes + bytes <= MaxScratchBytes)
                {
                    var buffer = new KernelBuffer(LocalName(node.Results[0]) + "Row", node.Results[0].DType, shape);
                    _stash.Add(node, (buffer, seen[node]));
                    _scratch.Add((buffer, _scratchBytes));
                    _scratchBytes += bytes;
                }
            }
        }
    }

    // In-place stores wait for the last pass: earlier ones still read the old value.
    private int StorePass(Node node) => Schedule.InPlace.Contains(node.Results[0]) ? _lastPass : _pass[node];

    private bool IsReloaded(Node node, int pass) =>
        (IsStored(node.Results[0]) && StorePass(node) < pass) || (_stash.TryGetValue(node, out var stash) && stash.Pass < pass);

    private bool IsRoot(Node node, int pass) =>
        Group.LevelOf(node) == Level.Point ? IsStored(node.Results[0]) && StorePass(node) == pass : IsRowReduction(node) && _pass[node] == pass;

    private List<Node> NeededIn(int pass)
    {
        var needed = new HashSet<Node>();
        for (var i = Group.Nodes.Count - 1; i >= 0; i--)
        {
            var node = Group.Nodes[i];
            if (Group.LevelOf(node) == Level.Final || !(needed.Contains(node) || IsRoot(node, pass)))
            {
                continue;
            }

            if (Group.LevelOf(node) == Level.Point)
            {
                needed.Add(node);
                if (IsReloaded(node, pass))
                {
                    continue;
                }
            }

            foreach (var source in SourcesOf(node).Where(s => Group.LevelOf(s) == Level.Point))
            {
                needed.Add(source);
            }
        }

        return [.. Group.Nodes.Where(needed.Contains)];
    }

    private void Pass(int pass, List<KernelStatement> into)
    {
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) == Level.Point))
        {
            Values.Remove(node);
        }

        var (body, stores) = (new List<KernelStatement>(), new List<KernelStatement>());
        foreach (var node in NeededIn(pass))
        {
            var index = IndexOf(node, Level.Point);
            if (IsReloaded(node, pass))
            {
                var source = _stash.TryGetValue(node, out var kept) ? StashAt(kept.Row) : Operand.Dense(StoreBufferOf(node.Results[0])).At(index);
                Define(node, new LoadExpr(source), body, alwaysLocal: false);
            }
            else
            {
                Define(node, Compute(node, index), body, alwaysLocal: false);
            }

            if (_stash.TryGetValue(node, out var stash) && stash.Pass == pass)
            {
                stores.Add(new StoreStatement(StashAt(stash.Row), Values[node]));
            }

            if (IsStored(node.Results[0]) && StorePass(node) == pass)
            {
                stores.Add(Store(node.Results[0], index, Values[node]));
            }
        }

        var reductions = Group.Nodes.Where(n => IsRowReduction(n) && _pass[n] == pass).Select(n => (n, Read(n.Inputs[0], _space.Index))).ToList();
        if (reductions.Count > 0)
        {
            Reduce(reductions, body, stores, _space.Reduced, _lanesAlongLine, into);
        }
        else if (stores.Count > 0)
        {
            into.AddRange(Loops.Serial(_space.Reduced, [.. body, .. stores], _lanesAlongLine ? LoopKind.Vector : LoopKind.Serial));
        }
    }

    // Loops over a line that feed accumulators, and leave the totals as values.
    private void Reduce(
        List<(Node Node, KernelExpr Value)> reductions, List<KernelStatement> body, List<KernelStatement> stores, ImmutableArray<Axis> line, bool inLanes, List<KernelStatement> into)
    {
        int? lanes = inLanes ? ReductionLanes.Of(line[^1], [.. body, .. stores], [.. reductions.Select(static r => r.Value)]) : null;
        var accumulators = new List<Accumulator>();
        foreach (var (node, value) in reductions)
        {
            var combine = Legal.Forms.Lowering<ReduceLowering>(node).Combine;
            var (type, name) = (node.Results[0].DType, LocalName(node.Results[0]));
            var accumulator = new Accumulator(new Local(name + "Acc", type), new Local(name, type), combine, lanes ?? 1);
            body.Add(new AccumulateStatement(accumulator, value, Formula.Of(node)));
            Values[node] = new LocalExpr(accumulator.Total);
            accumulators.Add(accumulator);
        }

        var loops = Loops.Serial(line, [.. body, .. stores], inLanes ? LoopKind.Vector : LoopKind.Serial, lanes);
        into.Add(new ReduceStatement([.. accumulators], loops));
    }

    private void DefineRows(int ready, List<KernelStatement> into, List<KernelStatement> late)
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

            if (IsStored(tensor))
            {
                (Schedule.InPlace.Contains(tensor) ? late : into).Add(Store(tensor, index, Values[node]));
            }
        }
    }

    private bool IsReadByPoints(Node node) =>
        Group.Nodes.Any(reader => (Group.LevelOf(reader) == Level.Point || IsRowReduction(reader)) && SourcesOf(reader).Contains(node));

    /// <summary>What is left when all rows are done: reductions of row values, by one worker, in one fixed order.</summary>
    private List<KernelStatement> Final()
    {
        var (statements, late) = (new List<KernelStatement>(), new List<KernelStatement>());
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) == Level.Row || Group.LevelOf(n) == Level.Point))
        {
            Values.Remove(node); // they were locals of a row; from here on they are memory
        }

        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) == Level.Final))
        {
            if (Legal.Forms[node] == NodeForm.Reduction)
            {
                ReduceRows(node, statements);
            }
            else
            {
                Define(node, Compute(node, IndexOf(node, Level.Final)), statements, alwaysLocal: true);
            }

            if (IsStored(node.Results[0]))
            {
                late.Add(Store(node.Results[0], IndexOf(node, Level.Final), Values[node]));
            }
        }

        return [.. statements, .. late];
    }

    private void ReduceRows(Node node, List<KernelStatement> into)
    {
        var shape = node.Inputs[0].Shape;
        var all = Enumerable.Range(0, shape.Rank).ToArray();
        var plain = LoopSpace.Plain(shape, all);
        var space = plain.Merge(new AccessCollector([new LetStatement(new Local("probe", node.Results[0].DType), Read(node.Inputs[0], plain.Index))]));
        var value = Read(node.Inputs[0], space.Index);
        var probe = new LetStatement(new Local("probe", value.Type), value);
        Reduce([(node, value)], [], [], space.Reduced, Loops.CanVectorize([probe], space.Reduced), into);
    }

    private ImmutableArray<AffineIndex> IndexOf(Node node, Level level) => Group.IndexOf(node.Results[0].Shape, level, _space.Index)!.Value;

    private Access StashAt(KernelBuffer stash) => Operand.Dense(stash).At([.. Group.Reduced.Select(a => _space.Index[a])]);
}
