namespace Mnist.Cli;

/// <summary>What the command line asks for; every value is within its range.</summary>
internal sealed record Options
{
    /// <summary>How often training visits every image: 1 to 1,000.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images of a step: 1 to 10,000.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Learning rate of the first epoch, above 0 and at most 10; it falls linearly towards 0.</summary>
    public double Rate { get; init; } = 0.05;

    /// <summary>Decides initial weights and the order of the images.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads that compute: 1 to 256. The results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The folder with the four files of images and labels.</summary>
    public string Data { get; init; } = Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>The file that the trained parameters are written to.</summary>
    public string Save { get; init; } = "mnist.safetensors";

    /// <summary>The folder that generated sources and printed graphs are written to, or null.</summary>
    public string? Emit { get; init; }

    /// <summary>False on a terminal: a bar shows how far the epoch is.</summary>
    public bool NoProgress { get; init; }
}
