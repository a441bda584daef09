using System.Globalization;

namespace GraphCompiler.Tool.Reports;

/// <summary>The text of a line that declared a node, where its file is on this machine.</summary>
internal static class SourceLine
{
    private const long MostBytes = 4 << 20;
    private const int MostCharacters = 200;

    // A saved graph may come from anywhere, and name any file: only what is source is looked into.
    private static readonly string[] Sources = [".cs", ".fs", ".vb"];

    /// <summary>The line without its indentation, harmless for a terminal; empty where it cannot be read.</summary>
    public static string Of(string file, int line)
    {
        try
        {
            return Sources.Contains(Path.GetExtension(file).ToLowerInvariant()) && new FileInfo(file) is { Exists: true, Length: <= MostBytes }
                ? Plain(File.ReadLines(file).ElementAtOrDefault(line - 1)?.Trim() ?? "")
                : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ""; // a courtesy
        }
    }

    private static string Plain(string text) => string.Concat(text.Take(MostCharacters).Select(static c =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format ? ' ' : c));
}
