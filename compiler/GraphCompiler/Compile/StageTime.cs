namespace GraphCompiler;

/// <summary>How long a stage of a compilation took.</summary>
/// <param name="Name">As in the debug ladder: <c>optimize</c>, <c>schedule</c>, <c>generate</c>.</param>
/// <param name="Time">By the clock.</param>
public sealed record StageTime(string Name, TimeSpan Time);
