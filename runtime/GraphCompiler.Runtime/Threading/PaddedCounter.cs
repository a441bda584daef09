using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Threading;

/// <summary>
/// A counter that shares no cache line, nor the neighbour that the prefetcher brings along, with anything else.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedCounter
{
    /// <summary>The count.</summary>
    [FieldOffset(128)]
    public long Value;
}
