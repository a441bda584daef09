using GraphCompiler.Inspect;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Reports;

/// <summary>The graph, a line a node: forward, backward and update apart, scope by scope.</summary>
internal static class GraphReport
{
    private const int FormulaWidth = 72;

    public static void Print(GraphInspection inspection, Terminal terminal)
    {
        terminal.Line(("graph", Styles.Heading));
        foreach (var part in inspection.Nodes.GroupBy(static n => n.Direction).OrderBy(static g => g.Key))
        {
            terminal.Line(($"{part.Key.ToString().ToLowerInvariant()} ({part.Count()} nodes)", Styles.Of(part.Key)));
            var scope = "";
            foreach (var node in part)
            {
                if (node.Scope != scope)
                {
                    scope = node.Scope;
                    terminal.Line(($"  {(scope.Length == 0 ? "(no scope)" : scope + "/")}", Styles.Quiet));
                }

                Print(node, terminal);
            }
        }

        foreach (var rewrite in inspection.Rewrites)
        {
            terminal.Line(($"rewritten by {rewrite.Rule}: ", Styles.Quiet), (rewrite.Before, null), (" => ", Styles.Quiet), (rewrite.After, null));
        }
    }

    private static void Print(InspectedNode node, Terminal terminal)
    {
        var types = string.Join(", ", node.Results.Select(static r => r.Type));
        var formula = node.Form == "memory" ? $"{node.Name} = {node.Call}" : node.Formula;
        terminal.Line(
            ("    ", null),
            (formula.PadRight(FormulaWidth), Styles.Of(node.Direction)),
            ($"  {types,-22}", null),
            ($"  {Where(node),-22}", null),
            ($"  {Why(node)}", Styles.Quiet));
    }

    /// <summary>What computes a node.</summary>
    public static string Where(InspectedNode node) => node switch
    {
        { Kernel: { } kernel } => $"kernel {kernel}, {node.Form}",
        { Form: "memory" } => node.Results[0].Memory ?? "unused",
        { ReadBy: [var only] } => $"{node.Form} in kernel {only}",
        { ReadBy: [] } => node.Form,
        _ => $"{node.Form} in {node.ReadBy.Length} kernels",
    };

    private static string Why(InspectedNode node)
    {
        var line = node.Origins is [var (file, number), ..] ? $"{Path.GetFileName(file)}:{number}" : "";
        var gives = string.Concat(node.Results.SelectMany(static r => r.Outputs.Select(static o => $" output {o}"))) +
            string.Concat(node.Results.Where(static r => r.Updates is not null).Select(static r => $" updates {r.Updates}"));
        return $"{line}{(node.Gradient is { } gradient ? $"  {Of(gradient)}" : "")}{gives}";
    }

    /// <summary>Why differentiation made a node, in a phrase.</summary>
    public static string Of(InspectedGradient gradient) => gradient.Step switch
    {
        "seed" => "gradient of the loss with respect to itself",
        "unbroadcast" => $"undoes broadcasting in {gradient.Of}",
        "accumulate" => $"adds up what comes from {gradient.Of}",
        _ => $"rule of {gradient.Operator} for {gradient.Of}",
    };
}
