using System.Collections.Immutable;

namespace GraphCompiler.Runtime;

/// <summary>A block of memory that a program works on.</summary>
/// <param name="Kind">Whose memory it is.</param>
/// <param name="Name">The user's scoped name; unique within inputs, outputs and variables each.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents, outermost first, row-major and without gaps; empty for a scalar.</param>
/// <param name="Offset">Bytes from the start of the arena, a multiple of 64; 0 for other kinds.</param>
/// <param name="MaxBytes">Bytes when every symbol has its largest value.</param>
public sealed record SlotLayout(
    SlotKind Kind, string Name, DType Type, ImmutableArray<ExtentLayout> Shape, long Offset, long MaxBytes);
