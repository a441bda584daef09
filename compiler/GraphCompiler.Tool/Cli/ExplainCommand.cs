using System.CommandLine;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Reports;

namespace GraphCompiler.Tool.Cli;

/// <summary><c>graphc explain</c>: one node from formula to gradient rule to generated lines.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var graph = new GraphOptions();
        var node = new Argument<string>("node") { Description = "A tensor's or output's name, or its number: hidden, layer1/w, %17" };
        var command = new Command("explain", "Follows one node from its formula to the rule of its gradient to the lines generated for it");
        graph.AddTo(command);
        command.Add(node);
        command.SetAction(result =>
        {
            var inspection = GraphInspection.Of(graph.Graph(result, cancellation), graph.Compile(result), cancellation);
            ExplainReport.Print(NodeFinder.Find(inspection, result.GetValue(node)!), inspection, terminal);
            return ExitCode.Done;
        });
        return command;
    }
}
