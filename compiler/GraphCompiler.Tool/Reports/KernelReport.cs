using GraphCompiler.Inspect;
using GraphCompiler.Tool.Cli;
using Spectre.Console;

namespace GraphCompiler.Tool.Reports;

/// <summary>The kernels: a table with their figures, then for each what was fused, what it reads and writes, and why it is one of its own.</summary>
internal static class KernelReport
{
    private const int ShownFormulas = 24;

    public static void Print(GraphInspection inspection, Terminal terminal)
    {
        terminal.Line(("kernels", Styles.Heading));
        terminal.Table(Table(inspection));
        foreach (var kernel in inspection.Kernels)
        {
            terminal.Line();
            Print(kernel, inspection, terminal);
        }
    }

    private static Table Table(GraphInspection inspection)
    {
        var table = Tables.Create(["#", "method", "kind", "loops over"], ["nodes", "flops", "bytes", "flop/byte", "scratch", "lines"]);
        table.AddColumn("split");
        foreach (var kernel in inspection.Kernels)
        {
            var space = kernel.Reduced.IsEmpty ? kernel.Space : $"{kernel.Space}, reduces {string.Join(", ", kernel.Reduced)}";
            table.AddRow(
            [
                new Text($"{kernel.Index}", Style.Parse(Styles.Of(kernel.Direction))),
                new Text(kernel.Method, Style.Parse(Styles.Of(kernel.Direction))),
                new Text(kernel.Kind),
                new Text(space),
                new Text($"{kernel.Nodes.Length}"),
                new Text(Figures.Number(kernel.Flops)),
                new Text(Figures.Number(kernel.Bytes)),
                new Text(Figures.Ratio(kernel.Intensity)),
                new Text(Figures.Number(kernel.ScratchBytes + kernel.SharedBytes)),
                new Text($"{kernel.Lines.First}-{kernel.Lines.Last}"),
                new Text(kernel.IsParallel ? "all workers" : "one worker"),
            ]);
        }

        return table;
    }

    /// <summary>One kernel in words.</summary>
    public static void Print(InspectedKernel kernel, GraphInspection inspection, Terminal terminal)
    {
        terminal.Line(
            ($"kernel {kernel.Index} {kernel.Method}", Styles.Of(kernel.Direction)),
            ($"  {kernel.Kind} over {kernel.Space}: {Figures.Flops(kernel.Flops)}, {Figures.Bytes(kernel.Bytes)}, {Figures.Ratio(kernel.Intensity)} flop/byte", null));
        foreach (var formula in kernel.Formulas.Take(ShownFormulas))
        {
            terminal.Line($"    {formula}");
        }

        if (kernel.Formulas.Length > ShownFormulas)
        {
            terminal.Line($"    … and {kernel.Formulas.Length - ShownFormulas} more");
        }

        foreach (var operand in kernel.Operands)
        {
            terminal.Line(
                (operand.IsWritten ? "  writes " : "  reads  ", Styles.Quiet),
                ($"{operand.Name}, {Figures.Bytes(operand.Bytes)}, {operand.Memory}", null),
                (Elsewhere(operand, kernel), Styles.Quiet));
        }

        Reasons(kernel, inspection, terminal);
    }

    private static string Elsewhere(InspectedOperand operand, InspectedKernel kernel)
    {
        var others = operand.ReadBy.Where(k => k != kernel.Index).ToList();
        return (operand.IsWritten, operand.MadeBy) switch
        {
            (true, _) when others.Count > 0 => $", read by {Kernels(others)}",
            (false, { } maker) => $", made by {Kernels([maker])}",
            _ => "",
        };
    }

    private static void Reasons(InspectedKernel kernel, GraphInspection inspection, Terminal terminal)
    {
        if (kernel.Refusals.IsEmpty)
        {
            terminal.Line(("  apart  ", Styles.Quiet), (kernel.Opening, null));
        }

        foreach (var refusal in kernel.Refusals.Concat(kernel.Edges))
        {
            var with = refusal.Kernel switch
            {
                null => "an earlier kernel",
                { } other => $"kernel {other} {inspection.Kernels[other].Method}",
            };
            terminal.Line(("  apart  ", Styles.Quiet), ($"{refusal.Node} did not join {with}: {refusal.Reason}", null));
        }
    }

    private static string Kernels(List<int> kernels) =>
        kernels.Count == 1 ? $"kernel {kernels[0]}" : $"kernels {string.Join(", ", kernels)}";
}
