using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphCompiler.Schedule;

/// <summary>Offsets of every arena block, fixed at compile time for the bounds of all symbols.</summary>
internal sealed class MemoryPlan(ImmutableArray<MemoryPlan.Block> blocks, long arenaBytes, long scratchBytes)
{
    /// <summary>A block of the arena and the steps between which it holds a value.</summary>
    /// <param name="Storage">What it is for.</param>
    /// <param name="Offset">Bytes from the start of the arena, a multiple of 64.</param>
    /// <param name="Bytes">At the bounds of all symbols.</param>
    /// <param name="First">Step that writes it.</param>
    /// <param name="Last">Last step that reads it.</param>
    public sealed record Block(Storage Storage, long Offset, long Bytes, int First, int Last);

    public ImmutableArray<Block> Blocks => blocks;

    /// <summary>Bytes of the arena.</summary>
    public long ArenaBytes => arenaBytes;

    /// <summary>Bytes that each worker has for itself: tiles, rows.</summary>
    public long ScratchBytes => scratchBytes;

    /// <summary>The largest sum of blocks alive at one step, and that step: no plan can do with less.</summary>
    public (long Bytes, int Step) Peak()
    {
        var changes = new SortedDictionary<int, long>();
        foreach (var block in blocks)
        {
            changes[block.First] = changes.GetValueOrDefault(block.First) + block.Bytes;
            changes[block.Last + 1] = changes.GetValueOrDefault(block.Last + 1) - block.Bytes;
        }

        (long Bytes, int Step) peak = (0, 0);
        long live = 0;
        foreach (var (step, change) in changes)
        {
            live += change;
            peak = live > peak.Bytes ? (live, step) : peak;
        }

        return peak;
    }

    public override string ToString()
    {
        var (peak, step) = Peak();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"arena {arenaBytes:N0} bytes, scratch {scratchBytes:N0} bytes a worker; most alive: {peak:N0} bytes at step {step}\n");
        foreach (var block in blocks)
        {
            var holds = block.First <= step && step <= block.Last ? "  <- alive at the peak" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {block.Offset,12:N0} + {block.Bytes,12:N0}  steps {block.First}..{block.Last}  {block.Storage.Name} {block.Storage.Type}{holds}\n");
        }

        return text.ToString();
    }
}
