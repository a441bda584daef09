namespace GraphCompiler.Tool.Loading;

/// <summary>A graph that a source declares.</summary>
/// <param name="Name">The graph's name.</param>
/// <param name="Namespace">Of the class to be generated; empty for none.</param>
/// <param name="ClassName">The class to be generated.</param>
/// <param name="Declare">Makes it.</param>
internal sealed record LoadedGraph(string Name, string Namespace, string ClassName, Func<Graph> Declare)
{
    /// <summary>The class with its namespace.</summary>
    public string FullName => Namespace.Length == 0 ? ClassName : $"{Namespace}.{ClassName}";
}
