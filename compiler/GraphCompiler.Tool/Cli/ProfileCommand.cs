using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GraphCompiler.Tool.Files;
using GraphCompiler.Tool.Html;
using GraphCompiler.Tool.Profiling;
using GraphCompiler.Tool.Reports;

namespace GraphCompiler.Tool.Cli;

/// <summary><c>graphc profile</c>: where the time of a run goes.</summary>
internal static class ProfileCommand
{
    private const double DefaultSeconds = 2;
    private const double MostSeconds = 3600;
    private const int MostWorkers = 256;

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var graph = new GraphOptions();
        var seconds = new Option<double>("--seconds") { HelpName = "S", Description = "How long to run it", DefaultValueFactory = static _ => DefaultSeconds, CustomParser = Seconds };
        var workers = new Option<int?>("--workers", "-w") { HelpName = "N", Description = "Threads; all processors unless given" };
        var html = new Option<string?>("--html") { HelpName = "FILE", Description = "Also write one self-contained page with the times" };
        var command = new Command("profile", "Runs a graph with a clock between its kernels, on random inputs at the bounds of all symbols") { seconds, workers, html };
        graph.AddTo(command);
        command.SetAction(result =>
        {
            var duration = result.GetValue(seconds) is > 0 and <= MostSeconds and var s ? s : throw new UserError($"--seconds must be above 0 and at most {MostSeconds}");
            var threads = result.GetValue(workers) is null or (>= 1 and <= MostWorkers) ? result.GetValue(workers) : throw new UserError($"--workers must be 1 to {MostWorkers}");
            var options = graph.Compile(result) with { Workers = threads };
            RequireTarget(options.Target);
            var (inspection, profile) = Profiler.Run(graph.Graph(result, cancellation), options, duration, cancellation);
            Summary.Print(inspection, terminal);
            ProfileReport.Print(inspection, profile, terminal);
            if (result.GetValue(html) is { } file)
            {
                OutputFile.Write(FilePath.Required(file, "--html"), HtmlPage.Of(inspection, profile));
                terminal.Line($"written to {file}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    // As everything here is written, with a point: 0,5 would be read as 5.
    private static double Seconds(ArgumentResult argument)
    {
        if (argument.Tokens is [var token] && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds;
        }

        argument.AddError($"--seconds requires a number such as 0.5, got \"{string.Join(' ', argument.Tokens)}\"");
        return 0;
    }

    private static void RequireTarget(KernelTarget target)
    {
        if (target != KernelTarget.Auto && !Compile.KernelTargets.Supported.Contains(target))
        {
            throw new UserError($"this machine does not run {target.ToString().ToLowerInvariant()}: it runs {string.Join(", ", Compile.KernelTargets.Supported).ToLowerInvariant()}");
        }
    }
}
