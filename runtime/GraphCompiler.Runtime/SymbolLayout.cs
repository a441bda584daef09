namespace GraphCompiler.Runtime;

/// <summary>An extent that each run chooses.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Max">Largest value, at least 1; the smallest is 0.</param>
public sealed record SymbolLayout(string Name, long Max);
