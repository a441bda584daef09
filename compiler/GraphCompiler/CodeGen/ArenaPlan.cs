using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>
/// The arena of a program: a block lives from the kernel that writes it to the last that reads it, and goes on under the
/// name of a result that may overwrite it in place; what the workers of a kernel share lives for that kernel alone.
/// </summary>
internal static class ArenaPlan
{
    public static (MemoryPlan Plan, List<ImmutableArray<Storage>> Shared) Of(ExecutionSchedule schedule, IReadOnlyList<Kernel> kernels)
    {
        var last = LastUses(schedule, kernels);
        var (planner, taken, shared) = (new MemoryPlanner(), new HashSet<Storage>(), new List<ImmutableArray<Storage>>());
        for (var step = 0; step < kernels.Count; step++)
        {
            var tensors = kernels[step].Parameters.Select(static p => p.Tensor).Where(t => schedule.Storage[t].Kind == StorageKind.Arena).Distinct().ToList();
            var ending = tensors.Where(t => !schedule.KeepsValues && last[schedule.Storage[t]] == step).ToList();
            var reuse = BlockReuse.AppliesTo(schedule.Groups[step]) ? new BlockReuse(kernels[step]) : null;
            foreach (var tensor in tensors.Where(t => taken.Add(schedule.Storage[t])))
            {
                var storage = schedule.Storage[tensor];
                if (reuse is not null && ending.Find(o => taken.Contains(schedule.Storage[o]) && !ReferenceEquals(o, tensor) && !schedule.Groups[step].Contains(o.Node) && reuse.CanTakeOver(tensor, o)) is { } operand)
                {
                    planner.HandOver(schedule.Storage[operand], storage, step);
                    ending.Remove(operand);
                }
                else
                {
                    planner.Take(storage, storage.Type.Bytes.Max, step);
                }
            }

            shared.Add([.. kernels[step].Shared.Select(static b => new Storage(StorageKind.Arena, b.Name, new TensorType(b.Type, b.Shape)))]);
            foreach (var storage in shared[^1])
            {
                planner.Take(storage, storage.Type.Bytes.Max, step);
            }

            foreach (var storage in ending.Select(t => schedule.Storage[t]).Concat(shared[^1]))
            {
                planner.Release(storage, step);
            }
        }

        foreach (var storage in schedule.KeepsValues ? taken : [])
        {
            planner.Release(storage, kernels.Count - 1);
        }

        return (planner.Finish(kernels.Select(static k => k.ScratchBytes)), shared);
    }

    private static Dictionary<Storage, int> LastUses(ExecutionSchedule schedule, IReadOnlyList<Kernel> kernels)
    {
        var last = new Dictionary<Storage, int>();
        for (var step = 0; step < kernels.Count; step++)
        {
            foreach (var (_, tensor) in kernels[step].Parameters)
            {
                last[schedule.Storage[tensor]] = step;
            }
        }

        return last;
    }
}
