using System.Text;

namespace GraphCompiler.CodeGen;

/// <summary>Lines with indentation and blocks; LF on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(line);
        }

        _text.Append('\n');
    }

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
    public void Append(CodeWriter other) => Append(other.ToString());

    /// <inheritdoc cref="Append(CodeWriter)"/>
    public void Append(string lines)
    {
        foreach (var line in lines.Split('\n')[..^1])
        {
            Line(line);
        }
    }

    public override string ToString() => _text.ToString();
}
