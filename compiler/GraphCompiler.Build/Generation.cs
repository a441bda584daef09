using System.Diagnostics;
using System.Reflection;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Build;

/// <summary>
/// Declares every graph of an assembly, generates code for those that are not what they were the last time, and brings
/// the folder of generated code up to date, or compares it.
/// </summary>
internal sealed class Generation(Request request, Report report)
{
    /// <summary>Does all of it. Where a graph has a mistake, nothing is written.</summary>
    /// <exception cref="GraphException">A mistake that concerns no single graph.</exception>
    public void Run()
    {
        if (request.Verify && !request.IsCommitted)
        {
            throw new GraphException("GRC0515", "GraphVerify requires GraphOutputDir: there is no committed code to compare with");
        }

        RuntimeCheck.Require(request.Runtimes);
        AtomicFile.RemoveAbandoned(request.StateDirectory);
        var assembly = new GraphLoadContext(request.Probes).LoadFromAssemblyPath(request.AssemblyFile);
        var definitions = GraphDefinitions.In(assembly);
        if (definitions.Count == 0)
        {
            report.Warn("GRC0514", "Graph files require a method with [GraphDefinition]: no file has one, so nothing is generated");
        }

        var files = Generate(definitions, assembly);
        if (report.HasErrors)
        {
            return;
        }

        var folder = new GeneratedFolder(request, report);
        if (request.Verify)
        {
            folder.Verify(files);
        }
        else
        {
            folder.Update(files);
        }
    }

    private List<GeneratedFile> Generate(IReadOnlyList<GraphDefinition> definitions, Assembly assembly)
    {
        var known = ManifestEntry.ReadAll(request.ManifestFile);
        var files = new List<GeneratedFile>();
        foreach (var (definition, name) in definitions.Zip(FileNames.Of(definitions)))
        {
            try
            {
                RequireOwnName(definition, assembly);
                files.Add(Generate(definition, name, known));
            }
            catch (GraphException e)
            {
                report.Add(e, definition.Origin.File, definition.Origin.Line);
            }
            catch (InternalCompilerException e)
            {
                report.Add(new GraphException("GRC0513", $"Generating {definition} failed: {e.Message}", definition.Origin.File, definition.Origin.Line, e));
            }
        }

        return files;
    }

    private GeneratedFile Generate(GraphDefinition definition, string name, IReadOnlyDictionary<string, ManifestEntry> known)
    {
        var watch = Stopwatch.StartNew();
        var graph = definition.Declare();
        var options = definition.Options with { Regenerate = "dotnet build", SourceRoot = request.ProjectDirectory };
        var key = DefinitionKey.Of(options, graph);
        if (known.TryGetValue(name, out var entry) && entry.Key == key && IsIntact(entry))
        {
            report.Note($"{definition.FullName}: as it was");
            return new GeneratedFile(definition, entry, null, null);
        }

        var source = GraphSource.Emit(graph, options);
        report.Note($"{definition.FullName}: generated from {graph.Nodes.Count} nodes in {watch.ElapsedMilliseconds} ms");
        entry = new ManifestEntry(name, key ?? "", DefinitionKey.Of(source.Text), DefinitionKey.Of(source.Map));
        return new GeneratedFile(definition, entry, source.Text, source.Map);
    }

    // Somebody may have edited or removed a file since.
    private bool IsIntact(ManifestEntry entry) =>
        AtomicFile.Read(Path.Combine(request.SourceDirectory, entry.FileName)) is { } text && DefinitionKey.Of(text) == entry.TextHash
        && AtomicFile.Read(Path.Combine(request.MapDirectory, ManifestEntry.MapNameOf(entry.FileName))) is { } map && DefinitionKey.Of(map) == entry.MapHash;

    // In an editor both are there.
    private static void RequireOwnName(GraphDefinition definition, Assembly assembly)
    {
        if (assembly.GetType(definition.FullName, throwOnError: false, ignoreCase: true) is { } taken)
        {
            throw new GraphException(
                "GRC0502",
                $"Definitions require classes of different names: {definition} generates {definition.FullName}, and a graph file has {taken.FullName}",
                definition.Origin.File,
                definition.Origin.Line);
        }
    }
}
