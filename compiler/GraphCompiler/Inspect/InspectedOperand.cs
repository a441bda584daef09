using System.Collections.Immutable;

namespace GraphCompiler.Inspect;

/// <summary>Memory that a kernel reads or writes.</summary>
/// <param name="Node">Whose result it is.</param>
/// <param name="Name">Of that result, as shown.</param>
/// <param name="Memory">Whose memory: <c>input</c>, <c>variable</c>, <c>constant</c>, <c>output</c>, <c>arena</c>.</param>
/// <param name="IsWritten">True where the kernel makes it.</param>
/// <param name="Bytes">At the bounds of all symbols.</param>
/// <param name="MadeBy">The kernel that made it, or null for what a run is given.</param>
/// <param name="ReadBy">All kernels that read it.</param>
public sealed record InspectedOperand(
    int Node, string Name, string Memory, bool IsWritten, long Bytes, int? MadeBy, ImmutableArray<int> ReadBy);
