using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>A result put together from boxes: first the fill value everywhere, then a copying nest for each box.</summary>
internal sealed class RegionsBuilder(ExecutionSchedule schedule, Group group) : KernelBuilder(schedule, group)
{
    public static Kernel Build(ExecutionSchedule schedule, Group group) => new RegionsBuilder(schedule, group).Finish();

    private Kernel Finish()
    {
        var node = Group.Nodes[0];
        var lowering = Legal.Forms.Lowering<RegionsLowering>(node);
        var statements = new List<KernelStatement>();
        if (lowering.Fill is { } fill)
        {
            statements.AddRange(Nest(Group.Space, index => Store(node.Results[0], index, new ConstantExpr(node.Results[0].DType, fill))));
            statements.Add(new BarrierStatement());
        }

        foreach (var region in lowering.Regions)
        {
            var input = node.Inputs[region.Input];
            statements.AddRange(Nest(input.Shape, index =>
            {
                var to = index.Select((at, d) => at.Scale(region.Step[d], region.Start[d])).ToImmutableArray();
                return Store(node.Results[0], to, Read(input, index));
            }));
        }

        return new Kernel(KernelName(), Parameters, [.. statements], 0, IsWorthSplitting(), Formulas());
    }

    private ImmutableArray<KernelStatement> Nest(Shape shape, Func<ImmutableArray<AffineIndex>, KernelStatement> body)
    {
        var plain = LoopSpace.Plain(shape, []);
        var merged = plain.Merge(new AccessCollector([body(plain.Index)]));
        var statement = body(merged.Index);
        return Loops.Nest(merged.Kept, [statement], Loops.CanVectorize([statement], merged.Kept), Schedule.Split);
    }
}
