namespace GraphCompiler.Docs.Tests.Markdown;

/// <summary>A fenced block of a page.</summary>
/// <param name="Kind">What the page promises about it.</param>
/// <param name="FirstLine">Line number of its first line of text, counted from 1.</param>
/// <param name="Text">Its lines, without the fences, each ended by a line feed.</param>
internal sealed record Block(BlockKind Kind, int FirstLine, string Text)
{
    public bool IsRun => Kind is BlockKind.Run or BlockKind.RunNew;
}
