namespace GraphCompiler.Inspect;

/// <summary>A block of the arena, from the kernel that writes it to the last that reads it.</summary>
/// <param name="Name">The tensor that it was made for, as shown, or the kind of scratch memory.</param>
/// <param name="Node">The node whose result it holds; null for memory that only one kernel uses.</param>
/// <param name="Type">Element type and shape.</param>
/// <param name="Offset">Bytes from the start of the arena.</param>
/// <param name="Bytes">At the bounds of all symbols.</param>
/// <param name="First">The kernel that writes it.</param>
/// <param name="Last">The last kernel that reads it.</param>
/// <param name="IsAtPeak">Whether it is alive when most is.</param>
public sealed record InspectedBlock(
    string Name, int? Node, string Type, long Offset, long Bytes, int First, int Last, bool IsAtPeak);
