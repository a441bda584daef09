namespace GraphCompiler;

/// <summary>A named extent that is chosen for each run, up to a bound that memory is planned for.</summary>
/// <param name="Name">Name in shapes and messages; one name has one bound within a graph.</param>
/// <param name="Max">Largest value, at least 1.</param>
public sealed record Symbol(string Name, long Max);
