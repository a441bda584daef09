using System.Collections.Immutable;
using System.Text;

namespace GraphCompiler.CodeGen;

/// <summary>Lines with indentation and blocks; LF on every machine.</summary>
/// <param name="mapsLines">Whether it keeps which nodes lines compute.</param>
internal sealed class CodeWriter(bool mapsLines = false)
{
    private readonly List<(int Depth, string Text)> _lines = [];
    private readonly List<(int Line, Node Node)>? _map = mapsLines ? [] : null;
    private readonly Stack<IReadOnlyList<Node>>? _computed = mapsLines ? [] : null;
    private int _depth;
    private int _count;

    /// <summary>Whether it keeps which nodes lines compute.</summary>
    public bool MapsLines => mapsLines;

    /// <summary>
    /// Lines and nodes that they compute, the one that the line is for first. Comments are not counted: kernels that are
    /// alike but for these have the same lines.
    /// </summary>
    public ImmutableArray<(int Line, Node Node)> Map => [.. (_map ?? []).OrderBy(static m => m.Line)];

    /// <summary>What is written from here to <see cref="End"/> computes these nodes.</summary>
    public void Begin(IReadOnlyList<Node> nodes) => _computed?.Push(nodes);

    /// <summary>The end of what began last.</summary>
    public void End() => _computed?.Pop();

    public void Line(string line = "") => Add(_depth, line);

    private void Add(int depth, string line)
    {
        _lines.Add((depth, line));
        if (_map is not null && !IsComment(line))
        {
            _map.AddRange(_computed!.Reverse().SelectMany(static nodes => nodes).Distinct().Select(n => (_count, n)));
            _count++;
        }
    }

    /// <summary>Whether a line is a comment and nothing else.</summary>
    public static bool IsComment(string line) => line.AsSpan().TrimStart().StartsWith("// ", StringComparison.Ordinal);

    public void Open(string? head = null)
    {
        if (head is not null)
        {
            Line(head);
        }

        Line("{");
        _depth++;
    }

    public void Close(string tail = "}")
    {
        _depth--;
        Line(tail);
    }

    /// <summary>A comment that stays one: whatever could end it or is not plain text becomes a question mark.</summary>
    public void Comment(string text) => Line(CommentOf(text));

    /// <summary>The comment as it is written.</summary>
    public static string CommentOf(string text)
    {
        var plain = string.Create(Math.Min(text.Length, 160), text, static (span, t) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsLetterOrDigit(t[i]) || (t[i] >= ' ' && t[i] <= '~') || "·−∂²…".Contains(t[i], StringComparison.Ordinal) ? t[i] : '?';
            }
        });
        return $"// {plain}{(text.Length > 160 ? "..." : "")}";
    }

    /// <summary>Appends lines written elsewhere, indented as here.</summary>
    public void Append(CodeWriter other)
    {
        var first = _count;
        foreach (var (depth, line) in other._lines)
        {
            Add(_depth + depth, line);
        }

        _map?.AddRange((other._map ?? []).Select(m => (m.Line + first, m.Node)));
    }

    /// <inheritdoc cref="Append(CodeWriter)"/>
    public void Append(string lines)
    {
        foreach (var line in lines.Split('\n')[..^1])
        {
            Line(line);
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (depth, line) in _lines)
        {
            if (line.Length > 0)
            {
                text.Append(' ', 4 * depth).Append(line);
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
