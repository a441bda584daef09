using System.CommandLine;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Files;
using GraphCompiler.Tool.Html;
using GraphCompiler.Tool.Reports;

namespace GraphCompiler.Tool.Cli;

/// <summary><c>graphc inspect</c>: what the compiler makes of a graph.</summary>
internal static class InspectCommand
{
    private static readonly string[] Parts = ["graph", "kernels", "memory", "source"];

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var graph = new GraphOptions();
        var html = new Option<string?>("--html") { HelpName = "FILE", Description = "Write one self-contained page instead" };
        var show = new Option<string[]>("--show")
        {
            HelpName = "PART",
            Description = "Only graph, kernels, memory or source; may be repeated",
            AllowMultipleArgumentsPerToken = true,
        }.AcceptOnlyFromAmong(Parts);
        var all = new Option<bool>("--all") { Description = "Every block of the memory plan, not the largest alone" };
        var command = new Command("inspect", "Shows the graph, its kernels, its memory plan and the generated source") { html, show, all };
        graph.AddTo(command);
        command.SetAction(result =>
        {
            var inspection = GraphInspection.Of(graph.Graph(result, cancellation), graph.Compile(result), cancellation);
            if (result.GetValue(html) is { } file)
            {
                Write(inspection, FilePath.Required(file, "--html"), terminal);
                return ExitCode.Done;
            }

            var parts = result.GetValue(show) is { Length: > 0 } some ? some : Parts;
            Summary.Print(inspection, terminal);
            Print(inspection, parts, result.GetValue(all), terminal);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(GraphInspection inspection, string file, Terminal terminal)
    {
        OutputFile.Write(file, HtmlPage.Of(inspection, profile: null));
        terminal.Line($"{file}: {inspection.Nodes.Length} nodes, {inspection.Kernels.Length} kernels");
    }

    private static void Print(GraphInspection inspection, string[] parts, bool all, Terminal terminal)
    {
        foreach (var part in Parts.Where(parts.Contains))
        {
            terminal.Line();
            switch (part)
            {
                case "graph":
                    GraphReport.Print(inspection, terminal);
                    break;
                case "kernels":
                    KernelReport.Print(inspection, terminal);
                    break;
                case "memory":
                    MemoryReport.Print(inspection, all, terminal);
                    break;
                default:
                    SourceReport.Print(inspection.Source, terminal);
                    break;
            }
        }
    }
}
