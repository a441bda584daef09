using System.Globalization;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Cli;
using GraphCompiler.Tool.Profiling;
using Spectre.Console;

namespace GraphCompiler.Tool.Reports;

/// <summary>Where the time of a run goes, in a table.</summary>
internal static class ProfileReport
{
    public static void Print(GraphInspection inspection, GraphProfile profile, Terminal terminal)
    {
        terminal.Line($"a run takes {Figures.Time(profile.RunNanoseconds)} on {profile.Workers} worker(s)");
        terminal.Line($"this machine: {Figures.Ratio(profile.PeakGigaFlops)} GFLOP/s of fused multiply-adds in registers");
        foreach (var threads in profile.Bandwidths.GroupBy(static b => b.Threads))
        {
            terminal.Line($"  copying with {threads.Key} worker(s), GB/s: {string.Join(", ", threads.Select(static b => $"{Figures.Bytes(b.Footprint)} at {Figures.Ratio(b.GigaBytes)}"))}");
        }

        var table = Tables.Create(["#", "method", "kind"], ["time", "of run", "GFLOP/s", "GB/s", "of roofline"]);
        table.AddColumn(new TableColumn("limit").NoWrap());
        table.AddColumn(new TableColumn("computes").NoWrap());
        foreach (var (kernel, time) in inspection.Kernels.Zip(profile.Kernels))
        {
            var style = Style.Parse(Styles.Of(kernel.Direction));
            table.AddRow(
            [
                new Text($"{kernel.Index}", style),
                new Text(kernel.Method, style),
                new Text(kernel.Kind),
                new Text(Figures.Time(time.Nanoseconds)),
                new Text(Percent(time.Nanoseconds / profile.RunNanoseconds)),
                new Text(Figures.Ratio(time.GigaFlops)),
                new Text(Figures.Ratio(time.GigaBytes)),
                new Text(Percent(time.Roofline)),
                new Text(time.IsComputeBound ? "arithmetic" : "memory"),
                new Text(Cut(kernel.Formulas.LastOrDefault() ?? "")) { Overflow = Overflow.Ellipsis },
            ]);
        }

        terminal.Table(table);
        var rest = profile.RunNanoseconds - profile.WaitingNanoseconds - profile.Kernels.Sum(static k => k.Nanoseconds);
        terminal.Line($"waiting at barriers {Figures.Time(profile.WaitingNanoseconds)}, outside of kernels {Figures.Time(Math.Max(rest, 0))}");
    }

    private static string Percent(double part) => part.ToString("P1", CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= 60 ? text : text[..59] + "…";
}
