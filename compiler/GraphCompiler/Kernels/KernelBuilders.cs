using System.Diagnostics;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>Lowers each group by the builder of its kind.</summary>
internal static class KernelBuilders
{
    public static Kernel Build(ExecutionSchedule schedule, Group group) => group.Kind switch
    {
        GroupKind.Pointwise => PointwiseBuilder.Build(schedule, group),
        GroupKind.Reduction => ReductionBuilder.Build(schedule, group),
        GroupKind.Contraction => ContractionBuilder.Build(schedule, group),
        GroupKind.Regions => RegionsBuilder.Build(schedule, group),
        GroupKind.Nest => NestBuilder.Build(schedule, group),
        _ => throw new UnreachableException($"{group.Kind}"),
    };
}
