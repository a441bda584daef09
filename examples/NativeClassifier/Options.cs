using System.Globalization;
using Mnist;

namespace NativeClassifier;

/// <summary>What the command line says.</summary>
/// <param name="Command"><c>train</c>, <c>test</c> or <c>classify</c>.</param>
/// <param name="Weights">The safetensors file.</param>
/// <param name="Images">Files to classify.</param>
internal sealed record Options(string Command, string Weights, string[] Images)
{
    public const string Usage = """
        usage: NativeClassifier train WEIGHTS [--epochs N] [--images N] [--threads N] [--data DIR]
               NativeClassifier test WEIGHTS [--logits FILE] [--threads N] [--data DIR]
               NativeClassifier classify WEIGHTS IMAGE...
        """;

    public int Epochs { get; private set; } = 10;

    /// <summary>How many of the training images are used.</summary>
    public int Count { get; private set; } = int.MaxValue;

    public int? Threads { get; private set; }

    public string Data { get; private set; } = Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Where the logits of all test images go, as they are in memory.</summary>
    public string? Logits { get; private set; }

    /// <exception cref="UserError">It says nothing sensible.</exception>
    public static Options Parse(string[] args)
    {
        if (args is not [("train" or "test" or "classify") and var command, var weights, .. var rest] || (command == "classify") != (rest is [not ['-', '-', ..], ..]))
        {
            throw new UserError(Usage);
        }

        var options = new Options(command, weights, command == "classify" ? rest : []);
        for (var i = 0; command != "classify" && i < rest.Length; i += 2)
        {
            options.Set(rest[i], i + 1 < rest.Length ? rest[i + 1] : throw new UserError($"{rest[i]}: needs a value"));
        }

        return options;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--epochs" when Command == "train":
                Epochs = Number();
                break;
            case "--images" when Command == "train":
                Count = Number();
                break;
            case "--logits" when Command == "test":
                Logits = value;
                break;
            case "--threads":
                Threads = Number();
                break;
            case "--data":
                Data = value;
                break;
            default:
                throw new UserError($"{name}: not an option of {Command}\n{Usage}");
        }

        int Number() => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UserError($"{name} {value}: a number from 1 on is needed");
    }
}
