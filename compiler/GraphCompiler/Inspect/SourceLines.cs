namespace GraphCompiler.Inspect;

/// <summary>Lines of a text, both counted from 1 and included.</summary>
/// <param name="First">The first line.</param>
/// <param name="Last">The last line.</param>
public readonly record struct SourceLines(int First, int Last);
