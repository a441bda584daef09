using System.CommandLine;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tool.Files;
using GraphCompiler.Tool.Loading;

namespace GraphCompiler.Tool.Cli;

/// <summary><c>graphc emit</c>: typed classes for an application that is compiled ahead of time, to a folder.</summary>
internal static class EmitCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var graph = new GraphOptions(forEmit: true);
        var folder = new Option<string>("--output", "-o") { HelpName = "DIR", Description = "Where the files go", Required = true };
        var space = new Option<string?>("--namespace", "-n") { HelpName = "NAME", Description = "Namespace of the classes; as declared unless given" };
        var name = new Option<string?>("--class") { HelpName = "NAME", Description = "Name of the class; as declared unless given" };
        var isInternal = new Option<bool>("--internal") { Description = "Classes are internal, not public" };
        var check = new Option<bool>("--check") { Description = "Write nothing; fail where a file is missing or stale" };
        var command = new Command("emit", "Writes C# that needs GraphCompiler.Runtime alone: a typed class for each graph, kernels for each target")
        {
            folder, space, name, isInternal, check,
        };
        graph.AddTo(command);
        command.SetAction(result =>
        {
            var source = graph.Load(result, cancellation);
            IReadOnlyList<LoadedGraph> graphs = graph.IsNamed(result) || source.Graphs.Count == 0 ? [graph.Pick(source, result)] : source.Graphs;
            if (result.GetValue(name) is not null && graphs.Count > 1)
            {
                throw new UserError("--class is for one graph: choose it with --graph");
            }

            // All are generated before the first is written.
            var emitted = graphs.Select(each => GraphSource.Emit(
                each.Declare(),
                new EmitOptions
                {
                    Namespace = result.GetValue(space) ?? each.Namespace,
                    ClassName = result.GetValue(name) ?? each.ClassName,
                    Visibility = result.GetValue(isInternal) ? EmitVisibility.Internal : EmitVisibility.Public,
                    Targets = graph.EmitTargets(result),
                    Regenerate = "graphc emit",
                    SourceRoot = Path.GetDirectoryName(source.Path),
                },
                cancellation)).ToList();
            RequireDifferentFiles(emitted);
            return Write(emitted, Path.GetFullPath(FilePath.Required(result.GetValue(folder)!, "--output")), result.GetValue(check), terminal);
        });
        return command;
    }

    // Not every file system tells capitals from small letters.
    private static void RequireDifferentFiles(List<EmittedSource> emitted)
    {
        if (emitted.GroupBy(static e => e.FileName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static g => g.Count() > 1) is { } same)
        {
            throw new UserError($"{same.Count()} graphs would be written to {same.Key}: choose them one by one with --graph and --class");
        }
    }

    private static int Write(List<EmittedSource> emitted, string folder, bool check, Terminal terminal)
    {
        var stale = 0;
        foreach (var (file, text) in emitted.SelectMany(static e => new[] { (e.FileName, e.Text), (e.MapFileName, e.Map) }))
        {
            var path = Path.Combine(folder, file);
            if (check)
            {
                // Lines that moved make no code stale: the map is not looked at.
                var isStale = file.EndsWith(".cs", StringComparison.Ordinal) && !AtomicFile.Holds(path, text);
                stale += isStale ? 1 : 0;
                if (file.EndsWith(".cs", StringComparison.Ordinal))
                {
                    terminal.Line($"{path}: {(!isStale ? "up to date" : File.Exists(path) ? "stale" : "missing")}");
                }
            }
            else
            {
                terminal.Line($"{path}: {(OutputFile.Write(path, text) ? "written" : "unchanged")}");
            }
        }

        return stale == 0 ? ExitCode.Done : throw new UserError($"{stale} of {emitted.Count} {(emitted.Count == 1 ? "file is" : "files are")} missing or stale: run graphc emit without --check");
    }
}
