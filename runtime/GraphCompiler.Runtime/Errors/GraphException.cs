namespace GraphCompiler.Runtime;

/// <summary>
/// A mistake in a graph, in a feed or in a file: the user's, who can mend it. The message opens with a stable id
/// (<c>GRC0123</c>, explained in docs/diagnostics.md), states the rule and the facts of both sides in the user's names,
/// and ends with the place in the user's source where that is known.
/// </summary>
public sealed class GraphException : Exception
{
    /// <summary>An error at a known line of the user's program.</summary>
    /// <param name="id">Stable diagnostic id, <c>GRC</c> and four digits.</param>
    /// <param name="text">"X requires rule: facts".</param>
    /// <param name="file">The user's source file, or null when unknown.</param>
    /// <param name="line">One-based line, or 0 when unknown.</param>
    /// <param name="inner">The exception that revealed the mistake, if any.</param>
    public GraphException(string id, string text, string? file = null, int line = 0, Exception? inner = null)
        : base(Format(id, text, file, line), inner)
    {
        Id = id;
        Text = text;
        File = file;
        Line = line;
    }

    /// <summary>Stable diagnostic id, <c>GRC</c> and four digits; never reused.</summary>
    public string Id { get; }

    /// <summary>The message without id and place: for those who show them in columns of their own.</summary>
    public string Text { get; }

    /// <summary>The user's source file where the mistake is, or null.</summary>
    public string? File { get; }

    /// <summary>One-based line in <see cref="File"/>, or 0.</summary>
    public int Line { get; }

    private static string Format(string id, string text, string? file, int line) =>
        string.IsNullOrEmpty(file) ? $"{id}: {text}" : $"{id}: {text} ({Path.GetFileName(file)}:{line})";
}
