using System.CommandLine;
using System.Globalization;

namespace Mnist.Cli;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    private static readonly Options Default = new();

    private static readonly Option<int> Epochs = Create("--epochs", "N", "Visits of every image", Default.Epochs);
    private static readonly Option<int> Batch = Create("--batch", "N", "Images of a step", Default.Batch);
    private static readonly Option<double> Rate = Create("--rate", "R", "First learning rate", Default.Rate);
    private static readonly Option<long> Seed = Create("--seed", "N", "Decides weights and order", Default.Seed);
    private static readonly Option<int> Threads = Create("--threads", "N", "Threads that compute", Default.Threads);
    private static readonly Option<string?> Data = Create<string?>("--data", "DIR", "Folder of images", Default.Data);
    private static readonly Option<string?> Save = Create<string?>("--save", "FILE", "Trained weights", Default.Save);
    private static readonly Option<string?> Emit = Create<string?>("--emit", "DIR", "Generated C#", Default.Emit);
    private static readonly Option<bool> NoProgress = new("--no-progress") { Description = "Plain lines, no bar" };

    /// <summary>Reads the arguments.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="output">Where help goes, if that is what they ask for.</param>
    /// <returns>Null when help or the version has been shown and nothing is left to do.</returns>
    /// <exception cref="UserError">An argument is unknown, of the wrong kind or out of range.</exception>
    public static Options? Parse(string[] args, TextWriter output)
    {
        var command = new RootCommand("Trains a small network to read handwritten digits.")
        {
            Epochs, Batch, Rate, Seed, Threads, Data, Save, Emit, NoProgress,
        };
        command.SetAction(static _ => { });
        var result = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors is [var first, ..])
        {
            throw new UserError(first.Message.TrimEnd('.'));
        }

        if (result.Action != command.Action)
        {
            result.Invoke(new InvocationConfiguration { Output = output });
            return null;
        }

        return new Options
        {
            Epochs = InRange(Epochs, 1, 1_000),
            Batch = InRange(Batch, 1, 10_000),
            Rate = result.GetValue(Rate) is > 0 and <= 10 and var rate
                ? rate
                : throw new UserError("--rate must be above 0 and at most 10"),
            Seed = result.GetValue(Seed),
            Threads = InRange(Threads, 1, 256),
            Data = PathOf(Data)!,
            Save = PathOf(Save)!,
            Emit = PathOf(Emit),
            NoProgress = result.GetValue(NoProgress),
        };

        int InRange(Option<int> option, int low, int high) =>
            result.GetValue(option) is var value && low <= value && value <= high
                ? value
                : throw new UserError(string.Create(
                    CultureInfo.InvariantCulture, $"{option.Name} must be {low} to {high:N0}, not {value}"));

        string? PathOf(Option<string?> option) =>
            result.GetValue(option) is var path && (path is null || (path.Length > 0 && !path.Contains('\0')))
                ? path
                : throw new UserError($"{option.Name} requires a path");
    }

    private static Option<T> Create<T>(string name, string value, string description, T start) =>
        new(name) { HelpName = value, Description = description, DefaultValueFactory = _ => start };
}
