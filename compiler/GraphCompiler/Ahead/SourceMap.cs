using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphCompiler.CodeGen;
using GraphCompiler.Kernels;

namespace GraphCompiler.Ahead;

/// <summary>
/// Which lines of generated text stem from which lines of the declaring program. It stands beside the text, so that the
/// text does not change when lines move.
/// </summary>
internal sealed class SourceMap
{
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly EmitOptions _options;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, int> _ids = [];
    private readonly Dictionary<string, int> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Class, string Method), List<ProgramStep>> _steps = [];

    private SourceMap(EmitOptions options, IReadOnlyList<AheadProgram> programs, Utf8JsonWriter json)
    {
        (_options, _json) = (options, json);
        foreach (var variant in programs.SelectMany(static program => program.Variants))
        {
            foreach (var step in variant.Members.Steps)
            {
                var key = (variant.ClassName, step.Method);
                (_steps.TryGetValue(key, out var list) ? list : _steps[key] = []).Add(step);
            }
        }
    }

    /// <summary>
    /// The map as JSON: <c>methods</c> with their first and last line and the nodes that each of their calls computes;
    /// <c>lines</c>, pairs of a line and a node, each good for the lines to the next pair; <c>nodes</c> with names,
    /// formula, and <c>origins</c>, pairs of a file's index in <c>files</c> and a line.
    /// </summary>
    public static string Of(
        Graph graph, EmitNames names, EmitOptions options, IReadOnlyList<AheadProgram> programs, string text, string hash)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Style with { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("graph", WellFormed(graph.Name));
            json.WriteString("source", $"{names.ClassName}.g.cs");
            json.WriteString("contentHash", hash);
            new SourceMap(options, programs, json).Write(text);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private void Write(string text)
    {
        var lines = text.Split('\n');
        var pairs = new List<(int Line, int Node)>();
        _json.WriteStartArray("methods");
        string? inClass = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("    internal static class ", StringComparison.Ordinal))
            {
                inClass = lines[i].Trim().Split(' ')[^1];
            }
            else if (inClass is not null && MethodOf(lines[i]) is { } method && _steps.TryGetValue((inClass, method), out var steps))
            {
                var last = Array.IndexOf(lines, "        }", i);
                Method(inClass, method, i + 1, last + 1, steps);
                pairs.AddRange(Pairs(lines, i, last, steps[0]));
                i = last;
            }
        }

        _json.WriteEndArray();
        _json.WriteStartArray("lines");
        foreach (var (line, node) in pairs)
        {
            _json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{line}, {node}]"));
        }

        _json.WriteEndArray();
        WriteNodes();
        _json.WriteStartArray("files");
        foreach (var file in _files.Keys)
        {
            _json.WriteStringValue(file);
        }

        _json.WriteEndArray();
    }

    // Only kernels have this signature.
    private static string? MethodOf(string line)
    {
        const string Head = "        private static void ";
        var end = line.IndexOf("(in Worker w", StringComparison.Ordinal);
        return line.StartsWith(Head, StringComparison.Ordinal) && end > 0 ? line[Head.Length..end] : null;
    }

    private void Method(string inClass, string method, int first, int last, List<ProgramStep> steps)
    {
        _json.WriteStartObject();
        _json.WriteString("class", inClass);
        _json.WriteString("method", method);
        _json.WriteNumber("first", first);
        _json.WriteNumber("last", last);
        _json.WritePropertyName("calls");
        _json.WriteRawValue($"[{string.Join(", ", steps.Select(step => $"[{string.Join(", ", step.Group.Nodes.Select(IdOf))}]"))}]");
        _json.WriteEndObject();
    }

    // The node that a line is for, where it is another one than that of the line before; a comment belongs to what follows.
    private IEnumerable<(int Line, int Node)> Pairs(string[] lines, int declaration, int last, ProgramStep step)
    {
        const int Attribute = 1; // above the declaration, and the first line of code
        int[] code = [.. Enumerable.Range(declaration - Attribute, last - declaration + Attribute + 1).Where(i => !CodeWriter.IsComment(lines[i]))];
        Node? known = null;
        foreach (var (line, node) in step.Map.DistinctBy(static m => m.Line))
        {
            if (!ReferenceEquals(node, known))
            {
                var first = code[line];
                while (CodeWriter.IsComment(lines[first - 1]))
                {
                    first--;
                }

                known = node;
                yield return (first + 1, IdOf(node));
            }
        }
    }

    // Targets are scheduled one by one, each on a graph of its own: nodes that say the same are one here.
    private int IdOf(Node node)
    {
        if (!_ids.TryGetValue(node, out var id))
        {
            var content = Content(node);
            if (!_nodes.TryGetValue(content, out id))
            {
                id = _nodes.Count;
                _nodes.Add(content, id);
            }

            _ids.Add(node, id);
        }

        return id;
    }

    private string Content(Node node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Style))
        {
            json.WriteStartObject();
            json.WriteString("formula", WellFormed(Formula.Of(node)));
            json.WriteString("type", WellFormed(node.Results[0].Type.ToString()));
            json.WriteStartArray("names");
            foreach (var name in node.Results.SelectMany(static result => result.Names))
            {
                json.WriteStringValue(WellFormed(name));
            }

            json.WriteEndArray();
            json.WriteStartArray("origins");
            foreach (var origin in node.Origins.Where(static origin => origin.File.Length > 0))
            {
                json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{FileOf(origin.File)}, {origin.Line}]"));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void WriteNodes()
    {
        _json.WriteStartArray("nodes");
        foreach (var content in _nodes.Keys)
        {
            _json.WriteRawValue(content);
        }

        _json.WriteEndArray();
    }

    private int FileOf(string file)
    {
        var shown = (_options.SourceRoot is { } root && IsBeside(file, root) ? Path.GetRelativePath(root, file) : file).Replace('\\', '/');
        if (!_files.TryGetValue(shown, out var index))
        {
            index = _files.Count;
            _files.Add(shown, index);
        }

        return index;
    }

    // A path that has nothing in common with the root is one of another machine, or none at all, as builds have that map
    // paths: what leads there from here would say where here is.
    private static bool IsBeside(string file, string root)
    {
        var folders = Folders(Path.GetFullPath(root));
        return Path.IsPathFullyQualified(file) && (folders is [] || (Folders(Path.GetFullPath(file)) is [var first, ..] && first == folders[0]));

        static string[] Folders(string path) => path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
    }

    // Half of a surrogate pair is no text that JSON could hold.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
