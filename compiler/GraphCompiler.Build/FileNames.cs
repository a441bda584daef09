namespace GraphCompiler.Build;

/// <summary>Names of generated files.</summary>
internal static class FileNames
{
    /// <summary>That of the class; with its namespace, where two namespaces have a class of the name.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<GraphDefinition> definitions)
    {
        var counts = definitions.CountBy(static d => d.ClassName, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        return definitions.Select(d => $"{(counts[d.ClassName] == 1 ? d.ClassName : d.FullName)}.g.cs");
    }
}
