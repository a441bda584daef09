namespace GraphCompiler.Docs.Tests.Markdown;

/// <summary>A page and its fenced blocks.</summary>
internal sealed class Page
{
    private const string Fence = "```";

    private readonly string[] _lines;

    private Page(string path, string[] lines) => (Path, _lines, Blocks) = (path, lines, [.. Parse(lines)]);

    /// <summary>Relative to the repository.</summary>
    public string Path { get; }

    public IReadOnlyList<Block> Blocks { get; }

    public static Page Parse(string path, string text) => new(path, text.ReplaceLineEndings("\n").Split('\n'));

    /// <summary>The output block that states what a block prints, or null.</summary>
    public Block? OutputOf(Block run)
    {
        var next = Blocks.SkipWhile(block => block != run).ElementAtOrDefault(1);
        return next is { Kind: BlockKind.Output } ? next : null;
    }

    /// <summary>The page's text with other texts in some of its blocks.</summary>
    public string With(IReadOnlyDictionary<Block, string> texts)
    {
        var lines = new List<string>(_lines);
        foreach (var (block, text) in texts.OrderByDescending(static pair => pair.Key.FirstLine))
        {
            lines.RemoveRange(block.FirstLine - 1, block.Text.Count(static c => c == '\n'));
            lines.InsertRange(block.FirstLine - 1, text.Split('\n')[..^1]);
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<Block> Parse(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.IndexOf(lines, Fence, i + 1);
            if (end < 0)
            {
                throw new FormatException($"The block at line {i + 1} has no end");
            }

            yield return new Block(KindOf(lines[i][Fence.Length..]), i + 2, string.Concat(lines[(i + 1)..end].Select(static l => l + "\n")));
            i = end;
        }
    }

    private static BlockKind KindOf(string info) => info.Trim() switch
    {
        "csharp run" => BlockKind.Run,
        "csharp run new" => BlockKind.RunNew,
        "csharp excerpt" => BlockKind.Excerpt,
        "csharp fragment" => BlockKind.Fragment,
        "csharp output" or "text output" => BlockKind.Output,
        var other when other.StartsWith("csharp", StringComparison.OrdinalIgnoreCase)
            || other.StartsWith("cs", StringComparison.OrdinalIgnoreCase)
            || other.StartsWith("c#", StringComparison.OrdinalIgnoreCase) => BlockKind.Unmarked,
        _ => BlockKind.Plain,
    };
}
