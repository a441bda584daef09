namespace GraphCompiler.Build.Tests.Support;

/// <summary>What came of a command.</summary>
internal sealed record Ran(int Exit, string Output)
{
    /// <summary>Lines that report an error, each once: the summary of a build repeats them.</summary>
    public IReadOnlyList<string> Errors => Lines(": error ");

    /// <summary>Lines that report a warning, each once.</summary>
    public IReadOnlyList<string> Warnings => Lines(": warning ");

    /// <summary>Fails the test where the command failed.</summary>
    public Ran Succeeded()
    {
        Assert.That(Exit, Is.Zero, Output);
        return this;
    }

    /// <summary>Fails the test where the command did not fail.</summary>
    public Ran Failed()
    {
        Assert.That(Exit, Is.Not.Zero, Output);
        return this;
    }

    private string[] Lines(string part) =>
        [.. Output.Split('\n').Select(static line => line.Trim()).Where(line => line.Contains(part, StringComparison.Ordinal)).Distinct()];
}
