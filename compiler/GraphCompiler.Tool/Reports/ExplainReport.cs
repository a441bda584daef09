using GraphCompiler.Inspect;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Reports;

/// <summary>All that is known of one node.</summary>
internal static class ExplainReport
{
    private const int ShownLines = 60;
    private const int ShownKernels = 12;

    public static void Print(InspectedNode node, GraphInspection inspection, Terminal terminal)
    {
        terminal.Line((node.Formula, Styles.Of(node.Direction)));
        foreach (var result in node.Results)
        {
            terminal.Line($"  {result.Name}: {result.Type}, {Figures.Bytes(result.Bytes)}{(result.Memory is { } memory ? $" in memory of kind {memory}" : ", no memory of its own")}");
        }

        Field("direction", node.Direction.ToString().ToLowerInvariant());
        Field("scope", node.Scope);
        Field("operator", node.Call);
        foreach (var (file, line) in node.Origins)
        {
            Field("declared", $"{file}:{line}  {SourceLine.Of(file, line)}");
        }

        foreach (var (input, result) in node.Inputs)
        {
            Field("reads", $"{inspection.Nodes[input].Results[result].Name}: {inspection.Nodes[input].Results[result].Type}");
        }

        Gradient(node, inspection, terminal);
        Field("computed", GraphReport.Where(node) + (node.Level is { } level ? $", once for each {level}" : ""));
        if (node.Kernel is null)
        {
            foreach (var reader in node.ReadBy.Take(ShownKernels))
            {
                Field("read by", $"kernel {reader} {inspection.Kernels[reader].Method}");
            }
        }

        Field("work", node.Flops > 0 ? Figures.Flops(node.Flops) : "");
        if (node.Kernel is { } kernel)
        {
            terminal.Line();
            KernelReport.Print(inspection.Kernels[kernel], inspection, terminal);
            terminal.Line();
            Lines(node, inspection.Kernels[kernel], inspection, terminal);
        }

        void Field(string name, string value)
        {
            if (value.Length > 0)
            {
                terminal.Line(($"  {name,-10}", Styles.Quiet), (value, null));
            }
        }
    }

    private static void Gradient(InspectedNode node, GraphInspection inspection, Terminal terminal)
    {
        if (node.Gradient is { } gradient)
        {
            terminal.Line(("  made as   ", Styles.Quiet), (GraphReport.Of(gradient), Styles.Of(node.Direction)));
        }

        var made = inspection.Nodes.Where(n => n.Gradient is { } g && g.NodeId == node.Id).ToList();
        if (made.Count > 0)
        {
            terminal.Line(("  gradient  ", Styles.Quiet), ($"the rule of {node.Operator} made", null));
            foreach (var each in made)
            {
                terminal.Line(("            ", null), (each.Formula, Styles.Of(each.Direction)), (each.Gradient!.Step == "rule" ? "" : $"  ({GraphReport.Of(each.Gradient)})", Styles.Quiet));
            }
        }
    }

    private static void Lines(InspectedNode node, InspectedKernel kernel, GraphInspection inspection, Terminal terminal)
    {
        var source = inspection.Source.Split('\n');
        var isAll = node.Lines.IsEmpty;
        terminal.Line((isAll ? "generated: it is part of other lines of this method" : "generated lines", Styles.Heading));
        var shown = 0;
        foreach (var span in isAll ? [kernel.Lines] : node.Lines)
        {
            for (var line = span.First; line <= span.Last; line++)
            {
                if (++shown > ShownLines)
                {
                    terminal.Line($"      … see lines {line} to {kernel.Lines.Last} with graphc inspect --show source");
                    return;
                }

                terminal.Line(($"{line,6}  ", Styles.Quiet), (source[line - 1], source[line - 1].TrimStart().StartsWith("//", StringComparison.Ordinal) ? "green4" : null));
            }
        }
    }
}
