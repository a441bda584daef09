using System.Globalization;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Diagnostics;

/// <summary>
/// What the compiler tells about its work: to a writer, by <see cref="DebugLevel"/>, and as files in a directory. Text is
/// made only where somebody gets to see it.
/// </summary>
/// <param name="level">What is written to <paramref name="writer"/>.</param>
/// <param name="dumpDirectory">Where dumps of all levels are written as files, or null. Made when first needed.</param>
/// <param name="writer">Receives lines; the error stream when null.</param>
public sealed class DebugOptions(DebugLevel level = DebugLevel.None, string? dumpDirectory = null, TextWriter? writer = null)
{
    /// <summary>Environment variable with a level: 0 … 6.</summary>
    public const string LevelVariable = "GRAPHC_DEBUG";

    /// <summary>Environment variable with a directory for dumps.</summary>
    public const string DirectoryVariable = "GRAPHC_DUMP";

    private readonly Lock _lock = new();

    /// <summary>What is written to the writer.</summary>
    public DebugLevel Level => level;

    /// <summary>Where dumps are written as files, or null.</summary>
    public string? DumpDirectory => dumpDirectory;

    /// <summary>
    /// The options that the environment asks for: <c>GRAPHC_DEBUG=0…6</c>, <c>GRAPHC_DUMP=directory</c>. A level above 6
    /// is 6; text that is no number of 0 or more is 0, for a debugging aid must not stop a program.
    /// </summary>
    public static DebugOptions FromEnvironment() =>
        From(Environment.GetEnvironmentVariable(LevelVariable), Environment.GetEnvironmentVariable(DirectoryVariable), writer: null);

    internal static DebugOptions From(string? level, string? directory, TextWriter? writer)
    {
        var number = uint.TryParse(level, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : 0;
        return new DebugOptions(
            (DebugLevel)Math.Min(number, (uint)DebugLevel.Verify), string.IsNullOrWhiteSpace(directory) ? null : directory, writer);
    }

    internal bool Shows(DebugLevel what) => level >= what;

    /// <summary>
    /// Writes one dump to its file and, from <paramref name="from"/> on, to the writer.
    /// </summary>
    /// <param name="fileName">Stage number, name and extension: <c>00-graph.txt</c>, … <c>70-kernels.cs</c>.</param>
    /// <param name="text">Called at most once, and not at all where nobody sees the text.</param>
    /// <param name="from">The lowest level that shows it.</param>
    internal void Dump(string fileName, Func<string> text, DebugLevel from = DebugLevel.Graphs)
    {
        if (dumpDirectory is null && !Shows(from))
        {
            return;
        }

        var content = text();
        if (dumpDirectory is not null)
        {
            WriteFile(dumpDirectory, fileName, content);
        }

        if (Shows(from))
        {
            Line($"-- {fileName}\n{content.TrimEnd('\n')}");
        }
    }

    /// <summary>Reports how long a stage took.</summary>
    internal void Stage(string name, TimeSpan elapsed)
    {
        if (Shows(DebugLevel.Timings))
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {elapsed.TotalMilliseconds,10:F2} ms"));
        }
    }

    /// <summary>Reports that a rule put a tensor in a node's place.</summary>
    internal void Rewrite(string rule, Node node, Tensor replacement)
    {
        if (Shows(DebugLevel.Rewrites))
        {
            Line($"{rule}: {node} => {(replacement.Node.Inputs.IsEmpty ? replacement : replacement.Node)}");
        }
    }

    private void Line(string text)
    {
        lock (_lock)
        {
            (writer ?? Console.Error).Write($"{text}\n");
        }
    }

    private static void WriteFile(string directory, string fileName, string content)
    {
        try
        {
            Directory.CreateDirectory(directory);
            AtomicFile.Replace(Path.Combine(directory, fileName), content, flush: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GraphException("GRC0433", $"Saving requires a file that can be written: dump {fileName} in \"{directory}\": {e.Message}", inner: e);
        }
    }
}
