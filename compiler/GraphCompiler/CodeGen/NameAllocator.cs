using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.CodeGen;

/// <summary>
/// The only door through which a name reaches generated text: letters, digits and underscores of at most 32 characters,
/// never a keyword, never a name that the generated code itself uses, never twice.
/// </summary>
internal sealed class NameAllocator
{
    private const int MaxLength = 32;

    /// <summary>What generated code refers to by simple name.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "w", "Worker", "Unsafe", "Math", "MathF", "Partition", "Vector256", "Vector128", "Vec256", "Vec128", "Scalar",
        "Tile256", "Tile128", "System", "GraphCompiler", "MethodImpl", "MethodImplOptions", "Run", "float", "nint", "tail",
        "begin", "end", "first", "last", "rows", "columns", "record", "var", "dynamic", "await", "field", "nameof", "global",
    };

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);
    private readonly NameAllocator? _outer;
    private readonly bool _anonymous;

    /// <param name="outer">Names that are taken too.</param>
    /// <param name="anonymous">Gives every name the same stem: texts of the same structure become the same text.</param>
    public NameAllocator(NameAllocator? outer = null, bool anonymous = false) => (_outer, _anonymous) = (outer, anonymous);

    /// <summary>A new identifier that resembles a hint.</summary>
    public string New(string hint, bool capital = false)
    {
        var stem = _anonymous ? "v" : Clean(hint, capital);
        var name = stem;
        var n = _next.GetValueOrDefault(stem, 1);
        while (IsTaken(name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}{(char.IsDigit(stem[^1]) ? "_" : "")}{++n}");
        }

        _next[stem] = n;
        _used.Add(name);
        return name;
    }

    private bool IsTaken(string name) => Reserved.Contains(name) || _used.Contains(name) || (_outer?.IsTaken(name) ?? false);

    private static string Clean(string hint, bool capital)
    {
        var text = new StringBuilder();
        var upper = capital;
        foreach (var c in hint.AsSpan(hint.LastIndexOf('/') + 1))
        {
            if (text.Length == MaxLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                if (text.Length == 0 && char.IsAsciiDigit(c))
                {
                    text.Append('_');
                }

                text.Append(upper ? char.ToUpperInvariant(c) : c);
                upper = false;
            }
            else
            {
                upper = text.Length > 0;
            }
        }

        var name = text.Length == 0 ? (capital ? "V" : "v") : text.ToString();
        var isKeyword = SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;
        return isKeyword ? name + "_" : name;
    }
}
