using System.Collections.Immutable;
using GraphCompiler.Kernels;

namespace GraphCompiler.Schedule;

/// <summary>Groups as they grow: which node is in which, what each reads, and whether a node can be computed at a place in one.</summary>
internal sealed class GroupTable(Legalizer legal)
{
    public Legalizer Legal => legal;

    public List<Group> Groups { get; } = [];

    public NodeMap<Group> GroupOf { get; } = new(legal.Nodes.Count);

    public void Add(Node node, Group group, Level level)
    {
        group.Add(node, level);
        GroupOf.Add(node, group);
        foreach (var tensor in MemoryInputs(node))
        {
            if (!group.Contains(tensor.Node))
            {
                group.Reads.Add(tensor);
            }
        }
    }

    public void Move(Node node, Group target, Level level)
    {
        GroupOf[node].Remove(node);
        GroupOf.Remove(node);
        Add(node, target, level);
    }

    /// <summary>Whether a reader in the target asks for the element of a node that would be computed at an index there, and finds it ready.</summary>
    public bool ReadsAt(Node reader, Node node, Level at, Group target, ImmutableArray<AffineIndex> own)
    {
        var isReduction = legal.Forms[reader] == NodeForm.Reduction;
        var shape = isReduction ? reader.Inputs[0].Shape : reader.Results[0].Shape;
        var level = isReduction ? (target.LevelOf(reader) == Level.Final ? Level.Row : Level.Point) : target.LevelOf(reader);
        return IsReady(at, level) && target.IndexOf(shape, level, target.Axes) is { } index
            && new MemoryReads(legal, reader, index).Places.Where(p => ReferenceEquals(p.Base.Node, node)).All(p => p.SameIndex(own));
    }

    /// <summary>Whether a group computes anything at a level.</summary>
    public static bool Exists(Group group, Level level) => level switch
    {
        Level.Point => true,
        Level.Row => group.Kind == GroupKind.Reduction,
        _ => group.Kind == GroupKind.Reduction && group.Nodes.Any(n => group.LevelOf(n) == Level.Final),
    };

    /// <summary>
    /// Whether a node over <paramref name="shape"/> can be computed at a level: its index there is plain, and whatever it
    /// reads of the same group it reads at the place where that was just computed.
    /// </summary>
    public bool Fits(Node node, Shape shape, Group group, Level level)
    {
        if (group.IndexOf(shape, level, group.Axes) is not { } index)
        {
            return false;
        }

        var reader = new MemoryReads(legal, node, index);
        foreach (var place in reader.Places)
        {
            var source = place.Base.Node;
            if (!group.Contains(source))
            {
                continue;
            }

            var at = group.LevelOf(source);
            if (!IsReady(at, level)
                || group.IndexOf(place.Base.Shape, at, group.Axes) is not { } own || !place.SameIndex(own))
            {
                return false;
            }
        }

        return true;
    }

    // Indices do not tell: where all extents are 1 they are the same at every level.
    private static bool IsReady(Level at, Level reader) => at == reader || (reader == Level.Point && at == Level.Row);

    public bool SharesMemory(Node node, Group group) => MemoryInputs(node).Any(group.Reads.Contains);

    public ImmutableArray<Tensor> MemoryInputs(Node node) => MemoryReads.Of(legal, node);
}
