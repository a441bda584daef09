using System.Collections.Immutable;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Inspect;

/// <summary>The memory plan as plain data.</summary>
internal static class MemoryInspection
{
    public static InspectedMemory Of(PipelineResult result, int lineLength)
    {
        var (plan, slots) = (result.Program.Plan, result.Program.Layout.Slots);
        var peak = plan.Peak();
        var owners = new Dictionary<Storage, Node>();
        foreach (var (tensor, storage) in result.Schedule.Storage)
        {
            owners.TryAdd(storage, tensor.Node);
        }

        var alive = new long[result.Steps.Length];
        foreach (var block in plan.Blocks)
        {
            for (var step = block.First; step <= block.Last && step < alive.Length; step++)
            {
                alive[step] += block.Bytes;
            }
        }

        return new InspectedMemory
        {
            ArenaBytes = plan.ArenaBytes,
            BytesOfOneWorker = plan.Bytes(1),
            PeakBytes = peak.Bytes,
            PeakKernel = peak.Step,
            VariableBytes = slots.Where(static s => s.Kind == SlotKind.Variable).Sum(static s => s.MaxBytes),
            FixedBytes = slots.Where(static s => s.Kind is not (SlotKind.Variable or SlotKind.Arena)).Sum(static s => s.MaxBytes),
            Blocks =
            [
                .. plan.Blocks.Select(block => new InspectedBlock(
                    DisplayName.Line(block.Storage.Name, lineLength),
                    owners.TryGetValue(block.Storage, out var node) ? node.Id : null,
                    block.Storage.Type.ToString(),
                    block.Offset,
                    block.Bytes,
                    block.First,
                    block.Last,
                    block.First <= peak.Step && peak.Step <= block.Last)),
            ],
            Alive = [.. alive],
        };
    }
}
