using System.Collections.Immutable;
using GraphCompiler.Kernels;

namespace GraphCompiler.Schedule;

/// <summary>Nodes that one kernel computes.</summary>
internal sealed class Group(int position, GroupKind kind, Shape space, ImmutableArray<int> reduced)
{
    private static readonly Dictionary<Node, Refusal> Nobody = [];

    private readonly Dictionary<Node, Level> _levels = [];
    private ImmutableArray<AffineIndex> _axes;
    private Dictionary<Node, Refusal>? _refused;

    /// <summary>Order of creation: a group reads only what groups of smaller positions made.</summary>
    public int Position => position;

    public GroupKind Kind { get; private set; } = kind;

    /// <summary>The iteration space: what pointwise nodes and the inputs of reductions have as shape.</summary>
    public Shape Space => space;

    /// <summary>Axes of the space that reductions remove; empty for other kinds.</summary>
    public ImmutableArray<int> Reduced { get; private set; } = reduced;

    /// <summary>Why the group was opened; null for a copy at the end of a run.</summary>
    public Opening? Opening { get; init; }

    /// <summary>Nodes that were offered to this group in vain.</summary>
    public IReadOnlyDictionary<Node, Refusal> Refused => _refused ?? Nobody;

    /// <summary>In declaration order.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>Tensors in memory that the group reads.</summary>
    public HashSet<Tensor> Reads { get; } = [];

    /// <summary>Placeholder axes, one for each axis of the space, to compare indices with; kernels have their own.</summary>
    public ImmutableArray<AffineIndex> Axes =>
        _axes.IsDefault ? _axes = [.. space.Select(static (d, i) => d == 1 ? (AffineIndex)0 : new Axis($"i{i}", d))] : _axes;

    public bool Contains(Node node) => _levels.ContainsKey(node);

    public Level LevelOf(Node node) => _levels[node];

    public void Add(Node node, Level level)
    {
        var at = Nodes.Count;
        while (at > 0 && Nodes[at - 1].Id > node.Id)
        {
            at--; // sinking moves a few nodes; appending is the rule
        }

        Nodes.Insert(at, node);
        _levels.Add(node, level);
    }

    public void Remove(Node node)
    {
        Nodes.Remove(node);
        _levels.Remove(node);
    }

    /// <summary>Remembers that a node is not computed here, though it reads what is.</summary>
    public void Refuse(Node node, Refusal why) => (_refused ??= []).TryAdd(node, why);

    /// <summary>Takes over what a group refused whose nodes are all computed here now; not what it said of its own axes.</summary>
    public void TakeRefusals(Group other)
    {
        foreach (var (node, why) in other.Refused)
        {
            if (why != Refusal.OtherAxes)
            {
                Refuse(node, why);
            }
        }
    }

    /// <summary>Pointwise so far, a reduction from now on.</summary>
    public void BecomeReduction(ImmutableArray<int> reduced) => (Kind, Reduced) = (GroupKind.Reduction, reduced);

    /// <summary>Index of a tensor of this shape at a level, in terms of the axes of the space; null when the shape does not fit.</summary>
    public ImmutableArray<AffineIndex>? IndexOf(Shape shape, Level level, ImmutableArray<AffineIndex> axes)
    {
        if (level == Level.Point && shape == space)
        {
            return axes; // the rule; an extent of 1 is counted by no axis
        }

        var next = WideFrom(0, level);
        var index = ImmutableArray.CreateBuilder<AffineIndex>(shape.Rank);
        foreach (var dim in shape)
        {
            if (dim == 1)
            {
                index.Add(0);
            }
            else if (next < space.Rank && space[next] == dim)
            {
                index.Add(axes[next]);
                next = WideFrom(next + 1, level);
            }
            else
            {
                return null;
            }
        }

        return next == space.Rank ? index.MoveToImmutable() : null;
    }

    // The first axis of a level from here on that has more than one element, or the rank where there is none.
    private int WideFrom(int axis, Level level)
    {
        while (axis < space.Rank && (space[axis] == 1 || !HasAxis(level, axis)))
        {
            axis++;
        }

        return axis;
    }

    private bool HasAxis(Level level, int axis) => level switch
    {
        Level.Point => true,
        Level.Column => Reduced.Contains(axis),
        Level.Row => !Reduced.Contains(axis),
        _ => false,
    };
}
