using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Build;

/// <summary>
/// What the build shows: lines of severity, id, file, line and text, a tab between them. Files are shown in full, so that
/// editors find them.
/// </summary>
/// <param name="root">Where relative paths begin.</param>
internal sealed class Report(string root)
{
    private readonly List<string> _lines = [];

    /// <summary>True when there is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>A mistake of the user's.</summary>
    /// <param name="mistake">What is wrong.</param>
    /// <param name="file">Where it is, if it does not say so itself.</param>
    /// <param name="line">Of that file.</param>
    public void Add(GraphException mistake, string? file = null, int line = 0)
    {
        HasErrors = true;
        var (place, at) = string.IsNullOrEmpty(mistake.File) ? (file, line) : (mistake.File, mistake.Line);
        Add("error", mistake.Id, place, at, mistake.Text);
    }

    /// <summary>What may be meant so.</summary>
    public void Warn(string id, string text) => Add("warning", id, null, 0, text);

    /// <summary>What was done.</summary>
    public void Note(string text) => Add("message", "", null, 0, text);

    /// <summary>Writes the file.</summary>
    public void Write(string path) => AtomicFile.Replace(path, string.Concat(_lines.Select(static line => line + "\n")));

    private void Add(string severity, string id, string? file, int line, string text)
    {
        var place = string.IsNullOrEmpty(file) ? "" : Path.GetFullPath(Path.Combine(root, file));
        _lines.Add(string.Join('\t', severity, id, OneLine(place), line.ToString(System.Globalization.CultureInfo.InvariantCulture), OneLine(text)));
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\t', '\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
