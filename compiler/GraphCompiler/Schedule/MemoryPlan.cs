using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphCompiler.Schedule;

/// <summary>Offsets of every arena block, fixed at compile time for the bounds of all symbols.</summary>
/// <param name="blocks">The arena's blocks.</param>
/// <param name="arenaBytes">From the first block's start to the last one's end.</param>
/// <param name="scratch">For each step, the bytes that a worker needs for itself: tiles, rows.</param>
internal sealed class MemoryPlan(ImmutableArray<MemoryPlan.Block> blocks, long arenaBytes, ImmutableArray<long> scratch)
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

    /// <summary>Bytes that each worker has for itself, step by step.</summary>
    public ImmutableArray<long> Scratch => scratch;

    /// <summary>Bytes that each worker has for itself, whatever the step.</summary>
    public long ScratchBytes => scratch.DefaultIfEmpty().Max();

    /// <summary>The largest sum of blocks alive at one step, and that step: no plan can do with less.</summary>
    /// <param name="workers">Workers whose scratch counts too; 0 for the arena alone.</param>
    public (long Bytes, int Step) Peak(int workers = 0)
    {
        var changes = new SortedDictionary<int, long>();
        foreach (var block in blocks)
        {
            changes[block.First] = changes.GetValueOrDefault(block.First) + block.Bytes;
            changes[block.Last + 1] = changes.GetValueOrDefault(block.Last + 1) - block.Bytes;
        }

        for (var step = 0; workers > 0 && step < scratch.Length; step++)
        {
            changes[step] = changes.GetValueOrDefault(step) + (workers * scratch[step]);
            changes[step + 1] = changes.GetValueOrDefault(step + 1) - (workers * scratch[step]);
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
        text.Append(CultureInfo.InvariantCulture, $"arena {arenaBytes:N0} bytes, scratch {ScratchBytes:N0} bytes a worker; most alive: {peak:N0} bytes at step {step}\n");
        foreach (var block in blocks)
        {
            var holds = block.First <= step && step <= block.Last ? "  <- alive at the peak" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {block.Offset,12:N0} + {block.Bytes,12:N0}  steps {block.First}..{block.Last}  {block.Storage.Name} {block.Storage.Type}{holds}\n");
        }

        return text.ToString();
    }
}
