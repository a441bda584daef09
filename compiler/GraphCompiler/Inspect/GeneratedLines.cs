using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphCompiler.CodeGen;

namespace GraphCompiler.Inspect;

/// <summary>Where in the generated source kernels and nodes are. A kernel is a method; the emitter says which of its lines compute what.</summary>
internal sealed partial class GeneratedLines
{
    private readonly string[] _lines;
    private readonly Dictionary<string, SourceLines> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<ProgramStep, ILookup<Node, int>> _ofSteps = [];

    public GeneratedLines(string source)
    {
        _lines = source.Split('\n');
        for (var i = 0; i < _lines.Length; i++)
        {
            if (Declaration().Match(_lines[i]) is { Success: true } method)
            {
                var (first, last) = (i, i);
                while (CodeWriter.IsComment(_lines[first - 1]) || _lines[first - 1].TrimStart().StartsWith('['))
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

    /// <summary>Lines that compute a node of a step, with the comments above them; none where it takes none.</summary>
    public ImmutableArray<SourceLines> Of(Node node, ProgramStep step)
    {
        if (!_ofSteps.TryGetValue(step, out var lines))
        {
            var method = Of(step.Method);
            int[] code = [.. Enumerable.Range(method.First, method.Last - method.First + 1).Where(i => !CodeWriter.IsComment(_lines[i - 1]))];
            _ofSteps.Add(step, lines = step.Map.ToLookup(static m => m.Node, m => code[m.Line]));
        }

        var found = ImmutableArray.CreateBuilder<SourceLines>();
        foreach (var line in lines[node])
        {
            var first = line;
            while (CodeWriter.IsComment(_lines[first - 2]))
            {
                first--;
            }

            if (found.Count > 0 && found[^1].Last == first - 1)
            {
                found[^1] = new SourceLines(found[^1].First, line);
            }
            else
            {
                found.Add(new SourceLines(first, line));
            }
        }

        return found.ToImmutable();
    }

    [GeneratedRegex(@"^    private static void (\w+)\(in Worker w, int ")]
    private static partial Regex Declaration();
}
