using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphCompiler.CodeGen;
using GraphCompiler.Kernels;
using GraphCompiler.Schedule;

namespace GraphCompiler.Inspect;

/// <summary>
/// Where in the generated source kernels and nodes are. A kernel is a method. In it a node is what follows its comment, the
/// local of its name in flat scalar code, or the calls of the tile. What has none of these is part of another's line.
/// </summary>
internal sealed partial class GeneratedLines
{
    private readonly string[] _lines;
    private readonly Dictionary<string, SourceLines> _methods = new(StringComparer.Ordinal);

    public GeneratedLines(string source)
    {
        _lines = source.Split('\n');
        for (var i = 0; i < _lines.Length; i++)
        {
            if (Declaration().Match(_lines[i]) is { Success: true } method)
            {
                var (first, last) = (i, i);
                while (IsComment(_lines[first - 1]) || _lines[first - 1].TrimStart().StartsWith('['))
                {
                    first--;
                }

                while (_lines[last] != "    }")
                {
                    last++;
                }

                _methods.Add(method.Groups[1].Value, new SourceLines(first + 1, last + 1));
            }
        }
    }

    public SourceLines Of(string method) => _methods[method];

    /// <summary>Lines of a node in the method of its kernel; none where they cannot be told.</summary>
    public ImmutableArray<SourceLines> Of(Node node, NodeForm form, bool isScalar, string method)
    {
        var comment = CodeWriter.CommentOf(Formula.Of(node));
        var local = isScalar && node.Results[0].Names.Count > 0 ? NameAllocator.Clean(node.Results[0].Name, capital: false) : null;
        var found = ImmutableArray.CreateBuilder<SourceLines>();
        for (var i = Start(method); i < Of(method).Last - 1; i++)
        {
            var line = _lines[i].AsSpan().TrimStart();
            if (line.SequenceEqual(comment))
            {
                var last = Following(i);
                found.Add(new SourceLines(i + 1, last + 1));
            }
            else if ((form == NodeForm.Contraction && TileCall().IsMatch(line))
                || (local is not null && Assigned().Match(_lines[i]) is { Success: true } name && IsNumbered(name.Groups[1].Value, local)))
            {
                found.Add(new SourceLines(i + 1, i + 1));
            }
        }

        return found.ToImmutable();
    }

    // Past the head of comments, which lists formulas but computes nothing.
    private int Start(string method)
    {
        var line = Of(method).First - 1;
        while (!Declaration().IsMatch(_lines[line]))
        {
            line++;
        }

        return line + 1;
    }

    // What stands below a comment belongs to it up to the next comment or the end of the block.
    private int Following(int comment)
    {
        var indent = Indent(_lines[comment]);
        var last = comment;
        while (Indent(_lines[last + 1]) >= indent && !IsComment(_lines[last + 1]))
        {
            last++;
        }

        return last;
    }

    private static bool IsNumbered(string name, string stem) =>
        name.StartsWith(stem, StringComparison.Ordinal) && name.AsSpan(stem.Length).TrimStart('_').IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsComment(string line) => line.AsSpan().TrimStart().StartsWith("// ", StringComparison.Ordinal);

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart().Length;

    [GeneratedRegex(@"^    private static void (\w+)\(in Worker w, int ")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^ +(?:float|double|int|long|bool|byte|nint|var) (\w+) = ")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^Tile(?:512|256|128)\.|^(?:Pack|Strided)\w*\(")]
    private static partial Regex TileCall();
}
