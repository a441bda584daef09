using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Tests.Docs;

/// <summary>
/// What docs/graphc.md shows is what the tool prints: a block <c>console</c> holds commands, each behind a dollar sign, and
/// their output; times, which are never the same, stand in a block <c>text</c>. A line with only … stands for any number of lines. <c>GRAPHC_BLESS=1</c> writes outputs that have no such line.
/// </summary>
public sealed class PageTests
{
    private const string Prompt = "$ graphc ";
    private const string Anything = "…";

    private static string PagePath => Path.Combine(Repository.Root, "docs", "graphc.md");

    [Test]
    public async Task Page_EveryCommand_PrintsWhatIsShown()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Sample, folder.File("Mlp.cs"));
        var lines = (await File.ReadAllLinesAsync(PagePath)).ToList();
        var (commands, fence) = (0, "");
        for (var at = 0; at < lines.Count; at++)
        {
            fence = lines[at].StartsWith("```", StringComparison.Ordinal) ? lines[at] : fence;
            if (lines[at].StartsWith(Prompt, StringComparison.Ordinal) && (fence == "```console" || Repository.Blesses))
            {
                var end = lines.FindIndex(at + 1, static l => l == "```" || l.StartsWith(Prompt, StringComparison.Ordinal));
                var shown = lines[(at + 1)..end];
                var printed = await PrintAsync(lines[at][Prompt.Length..], folder);
                commands++;
                if (Repository.Blesses && !shown.Contains(Anything))
                {
                    lines.RemoveRange(at + 1, shown.Count);
                    lines.InsertRange(at + 1, printed);
                }
                else
                {
                    Assert.That(Fits(shown, printed), Is.True, $"graphc.md:{at + 1} prints\n{string.Join('\n', printed)}");
                }
            }
        }

        Assert.That(commands, Is.GreaterThan(4));
        if (Repository.Blesses)
        {
            await File.WriteAllTextAsync(PagePath, string.Join('\n', lines) + "\n");
        }
    }

    // As in the folder of the file, in a pipe; nobody sees spaces at the end of a line.
    private static async Task<List<string>> PrintAsync(string command, TemporaryFolder folder)
    {
        string[] args = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(arg => arg == "Mlp.cs" ? folder.File("Mlp.cs") : arg == "generated" ? folder.File("generated") : arg)];
        using var output = new StringWriter { NewLine = "\n" };
        await App.RunAsync(args, new Terminal(output, output, isInteractive: false), CancellationToken.None);
        var text = output.ToString().Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        return text.Length == 0 ? [] : [.. text.TrimEnd('\n').Split('\n').Select(static l => l.TrimEnd(' '))];
    }

    private static bool Fits(List<string> shown, List<string> printed)
    {
        var (next, anywhere) = (0, false);
        foreach (var line in shown)
        {
            if (line.Trim() == Anything)
            {
                anywhere = true;
                continue;
            }

            var at = printed.IndexOf(line, next);
            if (at < 0 || (!anywhere && at != next))
            {
                return false;
            }

            (next, anywhere) = (at + 1, false);
        }

        return anywhere || next == printed.Count;
    }
}
