namespace GraphCompiler.Runtime;

/// <summary>Scratch memory of one step: a part for each worker, one after the other.</summary>
/// <param name="Offset">Of the first worker's part, in bytes from the start of the arena; a multiple of 64.</param>
/// <param name="Bytes">Of each worker's part.</param>
public sealed record ScratchLayout(long Offset, long Bytes);
