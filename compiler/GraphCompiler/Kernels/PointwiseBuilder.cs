using System.Collections.Immutable;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>Pointwise nodes: one loop nest, all values, then all stores, so that an element may be overwritten in place.</summary>
internal sealed class PointwiseBuilder(ExecutionSchedule schedule, Group group) : KernelBuilder(schedule, group)
{
    public static Kernel Build(ExecutionSchedule schedule, Group group)
    {
        var plain = LoopSpace.Plain(group.Space, []);
        var builder = new PointwiseBuilder(schedule, group);
        var body = builder.Body(plain);
        if (plain.Axes.Length < 2)
        {
            return builder.Finish(plain, body); // nothing to merge
        }

        var merged = plain.Merge(new AccessCollector(body));
        builder = new PointwiseBuilder(schedule, group);
        return builder.Finish(merged, builder.Body(merged));
    }

    private List<KernelStatement> Body(LoopSpace space) => Group.Space.Rank == 0 ? FlatBody() : LoopBody(space);

    private List<KernelStatement> LoopBody(LoopSpace space)
    {
        var (lets, stores) = (new List<KernelStatement>(), new List<KernelStatement>());
        foreach (var node in Group.Nodes)
        {
            var tensor = node.Results[0];
            var index = Group.IndexOf(tensor.Shape, Level.Point, space.Index)!.Value;
            Define(node, Compute(node, index), lets, alwaysLocal: false);
            if (IsStored(tensor))
            {
                stores.Add(Store(tensor, index, Values[node]));
            }
        }

        return [.. lets, .. stores];
    }

    /// <summary>
    /// Scalars: straight-line code as one writes it by hand, a local for each name in the order in which the names were
    /// given. A value with several names (the gradient of a factor is the other factor) is written once for each.
    /// </summary>
    private List<KernelStatement> FlatBody()
    {
        var (lets, stores, next) = (new List<KernelStatement>(), new List<KernelStatement>(), 0);
        var isBackward = false;
        foreach (var (name, tensor) in Group.Nodes[0].Graph.NameLog.Where(n => n.Tensor.Rank == 0))
        {
            var first = lets.Count;
            if (Group.Contains(tensor.Node) && !Values.ContainsKey(tensor.Node))
            {
                next = DefineThrough(tensor.Node, next, lets);
            }
            else if ((tensor.Name != name || Legal.Forms.IsConstant(tensor.Node)) && IsReadable(tensor))
            {
                var alias = new Local(name, tensor.DType);
                lets.Add(new LetStatement(alias, Read(tensor, [])) { Node = tensor.Node });
            }

            if (!isBackward && lets.Count > first && name[(name.LastIndexOf('/') + 1)..].StartsWith("d_", StringComparison.Ordinal))
            {
                isBackward = true;
                var let = (LetStatement)lets[first];
                lets[first] = new LetStatement(let.Local, let.Value, "backward") { Node = let.Node };
            }
        }

        if (next < Group.Nodes.Count)
        {
            DefineThrough(Group.Nodes[^1], next, lets);
        }

        foreach (var node in Group.Nodes.Where(n => IsStored(n.Results[0])))
        {
            stores.Add(Store(node.Results[0], ScalarIndex(node), Values[node]));
        }

        return [.. lets, .. stores];
    }

    // Memory of this kernel or a constant: a name elsewhere in the graph is no business of this kernel.
    private bool IsReadable(Tensor tensor) =>
        Values.ContainsKey(tensor.Node) || Legal.Forms.IsConstant(tensor.Node) || Group.Reads.Contains(tensor);

    private int DefineThrough(Node node, int next, List<KernelStatement> lets)
    {
        for (; next < Group.Nodes.Count && Group.Nodes[next].Id <= node.Id; next++)
        {
            var current = Group.Nodes[next];
            Define(current, Compute(current, ScalarIndex(current)), lets, alwaysLocal: false);
        }

        return next;
    }

    private static ImmutableArray<AffineIndex> ScalarIndex(Node node) => [.. node.Results[0].Shape.Select(static _ => (AffineIndex)0)];

    private Kernel Finish(LoopSpace space, List<KernelStatement> statementsOfPoint)
    {
        var body = statementsOfPoint.ToImmutableArray();
        var statements = Loops.Nest(space.Kept, body, Loops.CanVectorize(body, space.Kept), Schedule.Split);
        return new Kernel(KernelName(), Parameters, Shared(statements), 0, IsWorthSplitting() && space.Kept.Length > 0, Formulas());
    }
}
