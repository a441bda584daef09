namespace GraphCompiler.Tool.Loading;

/// <summary>A source and the graphs that it declares.</summary>
internal sealed record LoadedSource(string Path, IReadOnlyList<LoadedGraph> Graphs);
