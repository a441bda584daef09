using GraphCompiler.Runtime;
using Mnist.Datasets;
using Mnist.Training;

namespace Mnist.Cli;

/// <summary>The program: command line in, lines and an exit code out.</summary>
internal static class App
{
    /// <summary>Trains, evaluates and saves as the arguments say.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="output">Receives the results.</param>
    /// <param name="error">Receives one line if something is wrong.</param>
    /// <param name="terminal">True when a progress bar can be shown.</param>
    /// <param name="cancellation">Stops training after the step in progress.</param>
    /// <returns>0 when done, 1 after an error, 130 (as shells have it) when cancelled.</returns>
    public static int Run(
        string[] args, TextWriter output, TextWriter error, bool terminal, CancellationToken cancellation)
    {
        try
        {
            if (CommandLine.Parse(args, output) is { } options)
            {
                Train(options, output, terminal && !options.NoProgress, cancellation);
            }

            return 0;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("cancelled: nothing was saved");
            return 130;
        }
        catch (Exception e) when (e is UserError or GraphException)
        {
            error.WriteLine($"error: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static void Train(Options options, TextWriter output, bool bar, CancellationToken cancellation)
    {
        OutputFiles.CheckPlace("--save", options.Save);
        var training = Digits.Load(options.Data, "train");
        var test = Digits.Load(options.Data, "t10k");
        using var session = new Session(options, cancellation);
        output.WriteLine(session.Compilation);
        if (options.Emit is { } folder)
        {
            OutputFiles.Emit(folder, session.Graphs);
        }

        EpochReport report = default;
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            report = session.Epoch(training, test, epoch, bar);
            output.WriteLine(report);
        }

        session.Save(options.Save);
        output.WriteLine($"parameters saved to {options.Save}");
        output.WriteLine($"test accuracy: {EpochReport.Percent(report.Accuracy)}");
    }
}
