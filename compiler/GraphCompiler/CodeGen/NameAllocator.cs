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
    private static readonly HashSet<string> Reserved = new(KnownTypes.All.Select(KnownTypes.SimpleName), StringComparer.Ordinal)
    {
        "w", "System", "GraphCompiler", "Run", "float", "nint", "tail",
        "begin", "end", "isFirst", "isLast", "rows", "columns", "record", "var", "dynamic", "await", "field", "nameof", "global",
    };

    private readonly List<Scope> _open = [new Scope()];
    private readonly NameAllocator? _outer;
    private readonly bool _anonymous;
    private readonly bool _isFree;

    /// <param name="outer">Names that are taken too.</param>
    /// <param name="anonymous">Gives every name the same stem: texts of the same structure become the same text.</param>
    public NameAllocator(NameAllocator? outer = null, bool anonymous = false) => (_outer, _anonymous) = (outer, anonymous);

    /// <summary>Names of a place where everything else is said in full: none is reserved.</summary>
    public static NameAllocator Free() => new(isFree: true);

    private NameAllocator(bool isFree) => _isFree = isFree;

    /// <summary>Number of open blocks: where <see cref="New"/> declares.</summary>
    public int Depth => _open.Count - 1;

    /// <summary>Opens a block: its names are free again when it is closed, but not for the blocks around it.</summary>
    public void Push() => _open.Add(new Scope());

    /// <summary>Closes a block.</summary>
    public void Pop()
    {
        var closed = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        _open[^1].Nested.UnionWith(closed.Own);
        _open[^1].Nested.UnionWith(closed.Nested);
    }

    /// <summary>A new identifier that resembles a hint, for the innermost block.</summary>
    public string New(string hint, bool capital = false) => NewAt(Depth, hint, capital);

    /// <summary>The identifier that a hint asks for, or null where it is taken.</summary>
    public string? TryNew(string hint, bool capital = false)
    {
        var stem = Clean(hint, capital);
        if (IsTaken(stem, Depth))
        {
            return null;
        }

        _open[Depth].Own.Add(stem);
        return stem;
    }

    /// <summary>A new identifier for a block further out, declared in front of what is being written now.</summary>
    public string NewAt(int depth, string hint, bool capital = false)
    {
        var stem = _anonymous ? "v" : Clean(hint, capital);
        var scope = _open[depth];
        var n = scope.Numbers.GetValueOrDefault(stem, 1);
        var name = Numbered(stem, n);
        while (IsTaken(name, depth))
        {
            name = Numbered(stem, ++n);
        }

        scope.Own.Add(name);
        scope.Numbers[stem] = n;
        return name;
    }

    private static string Numbered(string stem, int n) =>
        n == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}{(char.IsDigit(stem[^1]) ? "_" : "")}{n}");

    private bool IsTaken(string name, int depth)
    {
        if ((!_isFree && Reserved.Contains(name)) || (_outer?.IsTaken(name, _outer.Depth) ?? false))
        {
            return true;
        }

        for (var i = 0; i < _open.Count; i++)
        {
            if (_open[i].Own.Contains(name) || (i >= depth && _open[i].Nested.Contains(name)))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Scope
    {
        public HashSet<string> Own { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Nested { get; } = new(StringComparer.Ordinal);

        /// <summary>The last number that a stem got: what is taken in a block stays so while the block is open.</summary>
        public Dictionary<string, int> Numbers { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>A hint as an identifier; it may be taken.</summary>
    public static string Clean(string hint, bool capital)
    {
        var text = new StringBuilder();
        var upper = capital;
        // Methods say the whole scope, locals only the name in it.
        foreach (var c in capital ? hint : hint.AsSpan(hint.LastIndexOf('/') + 1))
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
