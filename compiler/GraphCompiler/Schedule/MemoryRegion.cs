namespace GraphCompiler.Schedule;

/// <summary>Memory that is taken at one step and given back after another, by one tensor or by several that overwrite each other.</summary>
internal sealed class MemoryRegion(long bytes, int first)
{
    public long Bytes => bytes;

    public int First { get; } = first;

    /// <summary>The last step that needs it.</summary>
    public int Last { get; set; } = first;
}
