using System.Collections.Immutable;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>Pointwise nodes: one loop nest, all values, then all stores, so that an element may be overwritten in place.</summary>
internal sealed class PointwiseBuilder(ExecutionSchedule schedule, Group group) : KernelBuilder(schedule, group)
{
    public static Kernel Build(ExecutionSchedule schedule, Group group)
    {
        var plain = LoopSpace.Plain(group.Space, []);
        var merged = plain.Merge(new AccessCollector(new PointwiseBuilder(schedule, group).Body(plain)));
        return new PointwiseBuilder(schedule, group).Finish(merged);
    }

    private List<KernelStatement> Body(LoopSpace space)
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

    private Kernel Finish(LoopSpace space)
    {
        var body = Body(space).ToImmutableArray();
        var statements = Loops.Nest(space.Kept, body, Loops.CanVectorize(body, space.Kept), Schedule.Split);
        return new Kernel(Group.Nodes[^1].Results[0].Name, Parameters, statements, 0, IsWorthSplitting() && space.Kept.Length > 0, Formulas());
    }
}
