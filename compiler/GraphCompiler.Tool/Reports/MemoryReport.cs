using GraphCompiler.Inspect;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Reports;

/// <summary>The memory plan: what is alive at the peak, and a bar for each block from the kernel that writes it to the last that reads it.</summary>
internal static class MemoryReport
{
    private const int ShownBlocks = 40;
    private const int LabelWidth = 64;

    public static void Print(GraphInspection inspection, bool all, Terminal terminal)
    {
        var memory = inspection.Memory;
        terminal.Line(("memory", Styles.Heading));
        terminal.Line($"arena {Figures.Number(memory.ArenaBytes)} bytes, with scratch of one worker {Figures.Number(memory.BytesOfOneWorker)}; " +
            $"inputs, outputs and constants {Figures.Number(memory.FixedBytes)}; variables {Figures.Number(memory.VariableBytes)}");
        if (memory.Blocks.IsEmpty)
        {
            terminal.Line("no value lives between two kernels");
            return;
        }

        terminal.Line($"most alive: {Figures.Number(memory.PeakBytes)} bytes at kernel {memory.PeakKernel} {inspection.Kernels[memory.PeakKernel].Method}");
        var width = Math.Clamp(terminal.PictureWidth - LabelWidth, 20, 100);
        var steps = new Steps(inspection.Kernels.Length, width);
        terminal.Line(($"{"offset",14}{"bytes",14}  {"name",-LabelWidth + 30}  {steps.Ruler()}", Styles.Quiet));
        var shown = all ? memory.Blocks : [.. memory.Blocks.OrderByDescending(static b => b.Bytes).Take(ShownBlocks).OrderBy(static b => b.First)];
        foreach (var block in shown)
        {
            terminal.Line(
                ($"{Figures.Number(block.Offset),14}{Figures.Number(block.Bytes),14}  ", null),
                ($"{Cut($"{block.Name} {block.Type}", LabelWidth - 30),-LabelWidth + 30}  ", null),
                (steps.Bar(block.First, block.Last), block.IsAtPeak ? "red" : "dodgerblue1"),
                (block.IsAtPeak ? " at the peak" : "", Styles.Quiet));
        }

        if (shown.Length < memory.Blocks.Length)
        {
            terminal.Line($"and {memory.Blocks.Length - shown.Length} smaller blocks (--all shows them)");
        }

        terminal.Line(($"{"",28}  {"alive",-LabelWidth + 30}  ", Styles.Quiet), (steps.Curve(memory.Alive), "dodgerblue1"));
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    // One column for each kernel, or several kernels in a column.
    private sealed class Steps(int count, int width)
    {
        private const string Levels = " ▁▂▃▄▅▆▇█";

        private int Columns => Math.Min(count, width);

        public string Ruler() => count <= 1 ? "kernel 0" : $"kernels 0..{count - 1}";

        public string Bar(int first, int last) =>
            (new string(' ', Column(first)) + new string('█', Column(last) - Column(first) + 1)).PadRight(Columns);

        public string Curve(IReadOnlyList<long> alive)
        {
            var most = Math.Max(alive.Max(), 1);
            var columns = alive.Select((bytes, step) => (bytes, Column: Column(step))).GroupBy(static p => p.Column, static p => p.bytes);
            return string.Concat(columns.Select(c => Levels[(int)Math.Ceiling((double)c.Max() / most * (Levels.Length - 1))]));
        }

        private int Column(int step) => (int)((long)Math.Min(step, count - 1) * Columns / count);
    }
}
