namespace GraphCompiler.Diagnostics;

/// <summary>
/// A mistake of the compiler, not of the user's graph: an intermediate form broke one of its own rules. It says which
/// stage noticed, and carries that form as text, so that a report of it can be reproduced.
/// </summary>
public sealed class InternalCompilerException : Exception
{
    /// <summary>A mistake that <paramref name="stage"/> noticed.</summary>
    /// <param name="stage">Folder of the stage: <c>Optimize</c>, <c>Schedule</c>, …</param>
    /// <param name="problem">Which rule was broken, by what.</param>
    /// <param name="dump">The intermediate form as text, or null where there is none.</param>
    /// <param name="inner">The exception that revealed it, if any.</param>
    public InternalCompilerException(string stage, string problem, string? dump = null, Exception? inner = null)
        : base(Format(stage, problem, dump), inner)
    {
        Stage = stage;
        Dump = dump;
    }

    /// <summary>The stage that noticed.</summary>
    public string Stage { get; }

    /// <summary>The whole intermediate form as text, or null. The message holds its first lines.</summary>
    public string? Dump { get; }

    private static string Format(string stage, string problem, string? dump)
    {
        const int ShownLines = 40;
        var text = $"Internal compiler error in {stage}: {problem}. This is a mistake of GraphCompiler, not of your graph: please report it";
        if (dump is null)
        {
            return text + ".";
        }

        var lines = dump.Split('\n');
        var shown = string.Join('\n', lines.Take(ShownLines));
        var rest = lines.Length > ShownLines ? $"\n  … {lines.Length - ShownLines} lines more in {nameof(Dump)}" : "";
        return $"{text}, with this:\n{shown}{rest}";
    }
}
