namespace GraphCompiler.Saving;

/// <summary>
/// The symbols of a graph while it is written: extents name them. One name may have two bounds where no input has either
/// symbol; the second one then goes by another name in the file.
/// </summary>
internal sealed class SavedSymbols
{
    private readonly Dictionary<Symbol, string> _ids = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were met.</summary>
    public List<(string Id, Symbol Symbol)> All { get; } = [];

    /// <summary>What an extent calls a symbol.</summary>
    public string IdOf(Symbol symbol)
    {
        if (!_ids.TryGetValue(symbol, out var id))
        {
            id = symbol.Name;
            for (var number = 2; !_taken.Add(id); number++)
            {
                id = FormattableString.Invariant($"{symbol.Name}#{number}");
            }

            _ids.Add(symbol, id);
            All.Add((id, symbol));
        }

        return id;
    }
}
