using System.Reflection;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Loading;

/// <summary>Finds the graphs of a file, by what kind of file it is.</summary>
internal static class SourceLoader
{
    /// <summary>Loads a source; no graph is declared yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="includes">Other C# files, for a C# file.</param>
    /// <param name="references">Assemblies, for a C# file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserError">It is not there, of no known kind, or does not compile or load.</exception>
    public static LoadedSource Load(string path, IReadOnlyList<string> includes, IReadOnlyList<string> references, CancellationToken cancellation)
    {
        foreach (var file in includes.Concat(references).Prepend(path))
        {
            if (!File.Exists(file))
            {
                throw new UserError(Directory.Exists(file) ? $"{file} is a folder: name a file" : $"{file} is not there");
            }
        }

        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind != ".cs" && includes.Count + references.Count > 0)
        {
            throw new UserError("--include and --reference are for a C# file");
        }

        return kind switch
        {
            ".cs" => Of(path, GraphFileCompiler.Load([path, .. includes], references, cancellation)),
            ".dll" or ".exe" => Of(path, AssemblyLoader.Load(path)),
            ".json" => SavedGraph(path),
            _ => throw new UserError($"{path} is none of what graphc reads: an assembly (.dll), a C# file (.cs), a saved graph (.json)"),
        };
    }

    private static LoadedSource SavedGraph(string path)
    {
        var graph = Graph.Load(path);
        return new LoadedSource(path, [new LoadedGraph(graph.Name, "", CodeGen.NameAllocator.Clean(graph.Name, capital: true), () => graph)]);
    }

    private static LoadedSource Of(string path, Assembly assembly)
    {
        try
        {
            return new LoadedSource(path, [.. GraphDefinitions.In(assembly).Select(static d => new LoadedGraph(d.Name, d.Namespace, d.ClassName, d.Declare))]);
        }
        catch (Exception e) when (e is TypeLoadException or FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            throw new UserError($"{path} cannot be loaded: {e.Message}", e);
        }
    }
}
