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
    private readonly GroupTable _table;

    public Grouping(Legalizer legal)
    {
        (_legal, _table) = (legal, new GroupTable(legal));
        foreach (var node in VisitingOrder.Of(legal))
        {
            Place(node);
        }

        new Sinking(_table).Run();
        new ColumnAbsorption(_table).Run();
    }

    public List<Group> Groups => _table.Groups;

    public NodeMap<Group> GroupOf => _table.GroupOf;

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
            && (form == NodeForm.Reduction || _table.SharesMemory(node, other)) && TryJoin(node, form, other, reduced, ref refusals))
        {
            return;
        }

        // What reads leaves alone has no producer: a reduction that walks the same lines of the same memory takes it.
        if (form == NodeForm.Pointwise && _latestReduction.TryGetValue(space, out var lines) && lines.Position > (producer?.Position ?? -1)
            && _table.SharesMemory(node, lines) && TryJoin(node, form, lines, reduced, ref refusals))
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
        foreach (var tensor in _table.MemoryInputs(node))
        {
            if (_table.GroupOf.TryGetValue(tensor.Node, out var group) && (last is null || group.Position > last.Position))
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
            group.Refuse(node, refusal);
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
            if (!GroupTable.Exists(group, level))
            {
                continue;
            }

            if (_table.Fits(node, node.Results[0].Shape, group, level))
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
        var sameSpace = shape == group.Space && _table.Fits(node, shape, group, Level.Point);
        var elsewhere = shape == group.Space ? Refusal.NotThere : Refusal.OtherSpace;
        if (group.Kind == GroupKind.Reduction)
        {
            if (sameSpace && group.Reduced.SequenceEqual(reduced))
            {
                Add(node, group, Level.Row);
                return Refusal.None;
            }

            // A reduction of what the rows gave, over all rows: done when the rows are.
            if (reduced.Length == shape.Rank && group.Reduced.Length < group.Space.Rank && _table.Fits(node, shape, group, Level.Row)
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

    private void Add(Node node, Group group, Level level)
    {
        _table.Add(node, group, level);
        _latest[(group.Space, group.Reduced.ToEquatableArray())] = group;
        if (group.Kind == GroupKind.Reduction)
        {
            _latestReduction[group.Space] = group;
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
