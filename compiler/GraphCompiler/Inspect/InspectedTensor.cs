using System.Collections.Immutable;

namespace GraphCompiler.Inspect;

/// <summary>A result of a node.</summary>
/// <param name="Name">As shown in dumps and generated comments: the first name, or <c>%</c> and the node's number.</param>
/// <param name="Names">Every name that was given, unchanged.</param>
/// <param name="Type">Element type and shape.</param>
/// <param name="Bytes">Of all elements, at the bounds of all symbols.</param>
/// <param name="Memory">Whose memory it is: <c>input</c>, <c>variable</c>, <c>constant</c>, <c>output</c>, <c>arena</c>; null where it is none.</param>
/// <param name="Outputs">The outputs that it is, as shown.</param>
/// <param name="Updates">The variable whose next value it is, as shown, or null.</param>
public sealed record InspectedTensor(
    string Name, ImmutableArray<string> Names, string Type, long Bytes, string? Memory, ImmutableArray<string> Outputs, string? Updates);
