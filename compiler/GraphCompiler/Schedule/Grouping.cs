using System.Collections.Immutable;
using GraphCompiler.Kernels;

namespace GraphCompiler.Schedule;

/// <summary>
/// Puts nodes into groups, in declaration order but for scalars of leaves, which come first. A node joins the last group among its producers when it fits there,
/// or a later one over the same space that reads the same memory; otherwise it opens a group at the end. Since a node
/// never joins a group before one that it reads, groups depend only on earlier ones: there are no cycles to look for.
/// </summary>
internal sealed class Grouping
{
    /// <summary>Bounds that keep a kernel's method small enough for the JIT to optimise it fully, and repeated chunks equal.</summary>
    public const int MaxNodes = 96;

    public const int MaxReads = 24;

    /// <summary>Functions of vector math in a loop body: as many as the JIT inlines on one register a step, with room for the rest.</summary>
    public const int MaxFunctions = 8;

    private readonly Legalizer _legal;
    private readonly Dictionary<(Shape, EquatableArray<int>), Group> _latest = [];
    private readonly Dictionary<Shape, Group> _latestReduction = [];
    private readonly Dictionary<Node, Group> _groupOf = [];
    private int _firstOutOfOrder = int.MaxValue; // groups before it read only what groups of smaller positions made

    public Grouping(Legalizer legal)
    {
        _legal = legal;
        foreach (var node in VisitingOrder.Of(legal))
        {
            Place(node);
        }

        Sink();
        Absorb();
    }

    public List<Group> Groups { get; } = [];

    public IReadOnlyDictionary<Node, Group> GroupOf => _groupOf;

    private void Place(Node node)
    {
        var producer = Producer(node);
        var form = _legal.Forms[node];
        var (space, reduced) = SpaceOf(node, form);
        var refusals = ImmutableArray<(Group, Refusal)>.Empty;
        if (producer is not null && TryJoin(node, form, producer, reduced, ref refusals))
        {
            return;
        }

        var key = (space, reduced.ToEquatableArray());
        var joinsOthers = form is NodeForm.Pointwise or NodeForm.Reduction;
        if (joinsOthers && _latest.TryGetValue(key, out var other) && other.Position > (producer?.Position ?? -1)
            && (form == NodeForm.Reduction || SharesMemory(node, other)) && TryJoin(node, form, other, reduced, ref refusals))
        {
            return;
        }

        // What reads leaves alone has no producer: a reduction that walks the same lines of the same memory takes it.
        if (form == NodeForm.Pointwise && _latestReduction.TryGetValue(space, out var lines) && lines.Position > (producer?.Position ?? -1)
            && SharesMemory(node, lines) && TryJoin(node, form, lines, reduced, ref refusals))
        {
            return;
        }

        var group = new Group(Groups.Count, KindOf(form), space, reduced) { Opening = new Opening(node, refusals) };
        Groups.Add(group);
        Add(node, group, form == NodeForm.Reduction ? Level.Row : Level.Point);
    }

    /// <summary>The last group that this node reads a result of.</summary>
    private Group? Producer(Node node)
    {
        Group? last = null;
        foreach (var tensor in MemoryInputs(node))
        {
            if (_groupOf.TryGetValue(tensor.Node, out var group) && (last is null || group.Position > last.Position))
            {
                last = group;
            }
        }

        return last;
    }

    private bool TryJoin(Node node, NodeForm form, Group group, ImmutableArray<int> reduced, ref ImmutableArray<(Group, Refusal)> refusals)
    {
        var refusal = Join(node, form, group, reduced);
        if (refusal != Refusal.None)
        {
            refusals = refusals.Add((group, refusal));
        }

        return refusal == Refusal.None;
    }

    private Refusal Join(Node node, NodeForm form, Group group, ImmutableArray<int> reduced)
    {
        if (form is not (NodeForm.Pointwise or NodeForm.Reduction))
        {
            return Refusal.BeginsKernel;
        }

        if (group.Kind > GroupKind.Contraction)
        {
            return Refusal.Closed;
        }

        if (group.Nodes.Count >= MaxNodes || group.Reads.Count >= MaxReads)
        {
            return group.Nodes.Count >= MaxNodes ? Refusal.TooManyNodes : Refusal.TooManyReads;
        }

        if (node.Results[0].Rank > 0 && NodeForms.IsTranscendental(node) && group.Nodes.Count(NodeForms.IsTranscendental) >= MaxFunctions)
        {
            return Refusal.TooManyFunctions;
        }

        return form == NodeForm.Pointwise ? JoinPointwise(node, group) : JoinReduction(node, group, reduced);
    }

    private Refusal JoinPointwise(Node node, Group group)
    {
        var isInSpace = false;
        foreach (var level in (ReadOnlySpan<Level>)[Level.Point, Level.Row, Level.Final])
        {
            if (!Exists(group, level))
            {
                continue;
            }

            if (Fits(node, node.Results[0].Shape, group, level))
            {
                Add(node, group, level);
                return Refusal.None;
            }

            isInSpace |= group.IndexOf(node.Results[0].Shape, level, group.Axes) is not null;
        }

        return isInSpace ? Refusal.NotThere : Refusal.OtherSpace;
    }

    private Refusal JoinReduction(Node node, Group group, ImmutableArray<int> reduced)
    {
        var shape = node.Inputs[0].Shape;
        var sameSpace = shape == group.Space && Fits(node, shape, group, Level.Point);
        var elsewhere = shape == group.Space ? Refusal.NotThere : Refusal.OtherSpace;
        if (group.Kind == GroupKind.Reduction)
        {
            if (sameSpace && group.Reduced.SequenceEqual(reduced))
            {
                Add(node, group, Level.Row);
                return Refusal.None;
            }

            // A reduction of what the rows gave, over all rows: done when the rows are.
            if (reduced.Length == shape.Rank && group.Reduced.Length < group.Space.Rank && Fits(node, shape, group, Level.Row)
                && shape.Rank > 0)
            {
                Add(node, group, Level.Final);
                return Refusal.None;
            }

            return sameSpace ? Refusal.OtherAxes : elsewhere;
        }

        if (group.Kind == GroupKind.Contraction)
        {
            return Refusal.TileByTile;
        }

        // Sums over leading axes would turn a contiguous walk into a strided one: they are kernels of their own.
        if (sameSpace && reduced.Contains(shape.Rank - 1))
        {
            _latest.Remove((group.Space, EquatableArray.Create<int>([])));
            group.BecomeReduction(reduced);
            Add(node, group, Level.Row);
            return Refusal.None;
        }

        return sameSpace ? Refusal.OuterAxes : elsewhere;
    }

    /// <summary>
    /// Moves cheap work from where its operands were made to the one group that wants it, when the operands are memory
    /// anyway: a mask or a masked value then never becomes memory.
    /// </summary>
    private void Sink()
    {
        var readers = Readers();
        foreach (var group in Enumerable.Reverse(Groups))
        {
            foreach (var node in Enumerable.Reverse(group.Nodes.ToArray()))
            {
                if (group.Kind is GroupKind.Pointwise or GroupKind.Contraction && _legal.Forms[node] == NodeForm.Pointwise
                    && !_legal.Stored.Contains(node.Results[0]) && !node.Operator.IsView && NodeForms.IsCheap(node)
                    && SoleReader(node, group, readers) is { } target && OperandsAreMemory(node, group, readers))
                {
                    TrySink(node, group, target, readers[node]);
                }
            }
        }
    }

    /// <summary>
    /// Moves sums over the rows of a space to a group that goes through the same rows one by one, or through the same points,
    /// and reads the same memory: the gradients of a scale and a shift come with that of their input, in one pass over memory.
    /// </summary>
    private void Absorb()
    {
        Group[] sums = [.. Groups.Where(g => g.Kind == GroupKind.Reduction && !g.Reduced.Contains(LastWide(g.Space)) && g.Reduced.Any(a => g.Space[a] != 1))];
        if (sums.Length == 0)
        {
            return;
        }

        var targets = Groups.Where(g => g.Nodes.Count > 0 && (g.Kind == GroupKind.Pointwise || (g.Kind == GroupKind.Reduction && g.Reduced.Contains(LastWide(g.Space)))))
            .OrderByDescending(static g => g.Kind).ToLookup(static g => g.Space);
        foreach (var columns in sums)
        {
            if (columns.Nodes.All(n => columns.LevelOf(n) is Level.Point or Level.Row)
                && targets[columns.Space].FirstOrDefault(rows => AreComplements(rows, columns) && CanAbsorb(rows, columns)) is { } target)
            {
                if (target.Kind == GroupKind.Pointwise)
                {
                    target.BecomeReduction([.. Enumerable.Range(0, target.Space.Rank).Where(a => !columns.Reduced.Contains(a))]);
                }

                foreach (var node in columns.Nodes.ToArray())
                {
                    var level = columns.LevelOf(node) == Level.Point ? Level.Point : Level.Column;
                    columns.Remove(node);
                    _groupOf.Remove(node);
                    Add(node, target, level);
                }

                target.Reads.RemoveWhere(t => target.Contains(t.Node));
                if (columns.Position < target.Position || target.Reads.Any(t => _groupOf.TryGetValue(t.Node, out var producer) && producer.Position > target.Position))
                {
                    _firstOutOfOrder = Math.Min(_firstOutOfOrder, Math.Min(columns.Position, target.Position));
                }
            }
        }
    }

    // The innermost axis that has more than one element: what lies along it is contiguous.
    private static int LastWide(Shape space) => Enumerable.Range(0, space.Rank).LastOrDefault(a => space[a] != 1, -1);

    // A row of sums beside each chunk is small, and stays in the cache, where the sums are over the outer axes: an axis
    // around them would make it a tensor.
    private static bool AreComplements(Group rows, Group columns) =>
        IsOverOuterAxes(columns) && (rows.Kind == GroupKind.Pointwise
        || Enumerable.Range(0, rows.Space.Rank).All(a => rows.Space[a] == 1 || rows.Reduced.Contains(a) != columns.Reduced.Contains(a)));

    private static bool IsOverOuterAxes(Group columns)
    {
        var wide = Enumerable.Range(0, columns.Space.Rank).Where(a => columns.Space[a] != 1).ToList();
        return wide.FindLastIndex(columns.Reduced.Contains) < wide.Count(columns.Reduced.Contains);
    }

    private bool CanAbsorb(Group rows, Group columns)
    {
        var touch = columns.Reads.Overlaps(rows.Reads) || columns.Reads.Any(t => rows.Contains(t.Node)) || rows.Reads.Any(t => columns.Contains(t.Node));
        return touch && rows.Nodes.Count + columns.Nodes.Count <= MaxNodes
            && rows.Reads.Union(columns.Reads).Count() <= MaxReads
            && rows.Nodes.Concat(columns.Nodes).Count(NodeForms.IsTranscendental) <= MaxFunctions
            && columns.Nodes.All(n => NeedsNoSum(n, columns) && FitsRows(n, rows, columns))
            && rows.Nodes.All(n => FitsColumns(n, rows, columns))
            && !LeadsTo(rows, columns) && !LeadsTo(columns, rows);
    }

    // What is wanted again at the points, a mean to be subtracted, must be there before the rows are gone through.
    private bool NeedsNoSum(Node node, Group columns) =>
        (columns.LevelOf(node) == Level.Row && _legal.Forms[node] != NodeForm.Reduction)
        || MemoryInputs(node).All(t => !columns.Contains(t.Node) || columns.LevelOf(t.Node) == Level.Point);

    // What it reads of the rows is made at the same point of them.
    private bool FitsRows(Node node, Group rows, Group columns)
    {
        var isReduction = _legal.Forms[node] == NodeForm.Reduction;
        return !isReduction && columns.LevelOf(node) == Level.Row
            ? MemoryInputs(node).All(t => !rows.Contains(t.Node))
            : Fits(node, isReduction ? node.Inputs[0].Shape : node.Results[0].Shape, rows, Level.Point);
    }

    // What the rows read of the other group is made at the same point too, and is no sum.
    private bool FitsColumns(Node node, Group rows, Group columns) =>
        MemoryInputs(node).Where(t => columns.Contains(t.Node)).All(t =>
            rows.LevelOf(node) != Level.Final && columns.LevelOf(t.Node) == Level.Point
            && columns.IndexOf(t.Shape, Level.Point, rows.Axes) is { } own && ReadsAt(node, t.Node, rows, own));

    /// <summary>Whether what one group makes reaches another through a third: together they would wait for themselves. True too when that is far to seek.</summary>
    private bool LeadsTo(Group first, Group second)
    {
        const int Far = 256;
        var (seen, pending) = (new HashSet<Group>(), new Stack<Group>([second]));
        while (pending.TryPop(out var group))
        {
            foreach (var producer in group.Reads.Select(t => _groupOf.GetValueOrDefault(t.Node)))
            {
                if (producer is null || producer == group || (group == second && producer == first) || producer.Position < Math.Min(first.Position, _firstOutOfOrder))
                {
                    continue;
                }

                if (producer == first || seen.Count >= Far)
                {
                    return true;
                }

                if (seen.Add(producer))
                {
                    pending.Push(producer);
                }
            }
        }

        return false;
    }

    private Dictionary<Node, List<Node>> Readers()
    {
        var readers = new Dictionary<Node, List<Node>>();
        foreach (var node in _groupOf.Keys)
        {
            foreach (var tensor in MemoryInputs(node))
            {
                if (!readers.TryGetValue(tensor.Node, out var list))
                {
                    readers.Add(tensor.Node, list = []);
                }

                list.Add(node);
            }
        }

        return readers;
    }

    private Group? SoleReader(Node node, Group group, Dictionary<Node, List<Node>> readers)
    {
        if (!readers.TryGetValue(node, out var list))
        {
            return null;
        }

        var target = _groupOf[list[0]];
        return target != group && target.Kind <= GroupKind.Contraction && list.All(r => _groupOf[r] == target) ? target : null;
    }

    private bool OperandsAreMemory(Node node, Group group, Dictionary<Node, List<Node>> readers) =>
        MemoryInputs(node).All(t => !group.Contains(t.Node) || _legal.Stored.Contains(t)
            || readers[t.Node].Any(r => !ReferenceEquals(r, node) && _groupOf[r] != group));

    private void TrySink(Node node, Group group, Group target, List<Node> readers)
    {
        foreach (var level in (ReadOnlySpan<Level>)[Level.Point, Level.Row])
        {
            if (target.Nodes.Count < MaxNodes && Exists(target, level) && Fits(node, node.Results[0].Shape, target, level)
                && target.IndexOf(node.Results[0].Shape, level, target.Axes) is { } own && readers.All(r => ReadsAt(r, node, target, own)))
            {
                group.Remove(node);
                _groupOf.Remove(node);
                Add(node, target, level);
                return;
            }
        }
    }

    private bool ReadsAt(Node reader, Node node, Group target, ImmutableArray<AffineIndex> own)
    {
        var isReduction = _legal.Forms[reader] == NodeForm.Reduction;
        var shape = isReduction ? reader.Inputs[0].Shape : reader.Results[0].Shape;
        var level = isReduction ? (target.LevelOf(reader) == Level.Final ? Level.Row : Level.Point) : target.LevelOf(reader);
        return target.IndexOf(shape, level, target.Axes) is { } index
            && new MemoryReads(_legal, reader, index).Places.Where(p => ReferenceEquals(p.Base.Node, node)).All(p => p.SameIndex(own));
    }

    private static bool Exists(Group group, Level level) => level switch
    {
        Level.Point => true,
        Level.Row => group.Kind == GroupKind.Reduction,
        _ => group.Kind == GroupKind.Reduction && group.Nodes.Any(n => group.LevelOf(n) == Level.Final),
    };

    /// <summary>
    /// Whether a node over <paramref name="shape"/> can be computed at a level: its index there is plain, and whatever it
    /// reads of the same group it reads at the place where that was just computed.
    /// </summary>
    private bool Fits(Node node, Shape shape, Group group, Level level)
    {
        if (group.IndexOf(shape, level, group.Axes) is not { } index)
        {
            return false;
        }

        var reader = new MemoryReads(_legal, node, index);
        foreach (var place in reader.Places)
        {
            var source = place.Base.Node;
            if (!group.Contains(source))
            {
                continue;
            }

            var at = group.LevelOf(source);
            var isReady = at == level || (level == Level.Point && at == Level.Row);
            if (!isReady
                || group.IndexOf(place.Base.Shape, at, group.Axes) is not { } own || !place.SameIndex(own))
            {
                return false;
            }
        }

        return true;
    }

    private bool SharesMemory(Node node, Group group) => MemoryInputs(node).Any(group.Reads.Contains);

    private IEnumerable<Tensor> MemoryInputs(Node node) => MemoryReads.Of(_legal, node);

    private void Add(Node node, Group group, Level level)
    {
        group.Add(node, level);
        _groupOf.Add(node, group);
        _latest[(group.Space, group.Reduced.ToEquatableArray())] = group;
        if (group.Kind == GroupKind.Reduction)
        {
            _latestReduction[group.Space] = group;
        }

        foreach (var tensor in MemoryInputs(node))
        {
            if (!group.Contains(tensor.Node))
            {
                group.Reads.Add(tensor);
            }
        }
    }

    private (Shape Space, ImmutableArray<int> Reduced) SpaceOf(Node node, NodeForm form) => form switch
    {
        NodeForm.Reduction => (node.Inputs[0].Shape, _legal.Forms.Lowering<ReduceLowering>(node).Axes),
        _ => (node.Results[0].Shape, []),
    };

    private static GroupKind KindOf(NodeForm form) => form switch
    {
        NodeForm.Reduction => GroupKind.Reduction,
        NodeForm.Contraction => GroupKind.Contraction,
        NodeForm.Regions => GroupKind.Regions,
        NodeForm.Nest => GroupKind.Nest,
        _ => GroupKind.Pointwise,
    };
}
