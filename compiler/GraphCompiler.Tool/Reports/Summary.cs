using GraphCompiler.Inspect;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Reports;

/// <summary>The first lines of a report.</summary>
internal static class Summary
{
    public static void Print(GraphInspection inspection, Terminal terminal)
    {
        terminal.Line(
            (inspection.Name, "bold"),
            ($" for {inspection.Target}: {inspection.Nodes.Length} nodes ({inspection.DeclaredNodes} declared), {Count(inspection.Kernels.Length, "kernel")}, ", null),
            ($"{Figures.Flops(inspection.Kernels.Sum(static k => k.Flops))}, {Figures.Bytes(inspection.Kernels.Sum(static k => k.Bytes))} moved, ", null),
            ($"arena {Figures.Bytes(inspection.Memory.ArenaBytes)}, variables {Figures.Bytes(inspection.Memory.VariableBytes)}", null));
        if (inspection.Symbols.Length > 0)
        {
            terminal.Line($"figures are at the bounds of all symbols: {string.Join(", ", inspection.Symbols.Select(static s => $"{s.Name} = {Figures.Number(s.Max)}"))}");
        }
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{Figures.Number(number)} {what}s";
}
