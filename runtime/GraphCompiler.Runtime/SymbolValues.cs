using System.Diagnostics;

namespace GraphCompiler.Runtime;

/// <summary>What the symbols of one execution are at the moment, and what follows for its shapes.</summary>
internal sealed class SymbolValues(ProgramLayout layout)
{
    private const long Unbound = -1;

    private readonly long[] _values = AllUnbound(layout.Symbols.Length);

    /// <summary>The value of a symbol; negative while it has none.</summary>
    public long this[int symbol] => _values[symbol];

    /// <summary>Binds a symbol.</summary>
    /// <exception cref="GraphException">GRC0407: below 0 or above its bound.</exception>
    public void Bind(int symbol, long value)
    {
        var (name, max) = layout.Symbols[symbol];
        _values[symbol] = value >= 0 && value <= max
            ? value
            : throw new GraphException(
                "GRC0407",
                $"Symbol \"{name}\" requires a value from 0 to its bound {max}, " +
                $"for which memory is planned: got {value}");
    }

    /// <summary>The first symbol without a value, or −1.</summary>
    public int FirstUnbound() => Array.IndexOf(_values, Unbound);

    /// <summary>Elements of a slot.</summary>
    /// <exception cref="GraphException">GRC0408: a symbol of its shape has no value yet.</exception>
    public long Count(int slot)
    {
        var count = 1L;
        foreach (var extent in layout.Slots[slot].Shape)
        {
            count *= extent.Factor;
            foreach (var symbol in extent.Symbols)
            {
                count *= _values[symbol] != Unbound ? _values[symbol] : throw NoValue(symbol, layout.Describe(slot));
            }
        }

        return count;
    }

    /// <summary>
    /// The symbol whose value follows from the length of what is fed to a slot, and that value. The symbol is the only
    /// one of the shape, or the only one that has no value yet, and occurs once; −1 when there is no such symbol and
    /// the length fits.
    /// </summary>
    /// <exception cref="GraphException">
    /// GRC0406: the length does not fit. GRC0407: a value above the bound. GRC0408: two symbols without a value.
    /// </exception>
    public (int Symbol, long Value) Infer(int slot, long length)
    {
        var wanted = Wanted(slot);
        if (wanted < 0)
        {
            return Count(slot) == length ? (-1, 0) : throw WrongLength(slot, length);
        }

        var rest = 1L;
        foreach (var extent in layout.Slots[slot].Shape)
        {
            rest *= extent.Factor;
            foreach (var symbol in extent.Symbols)
            {
                rest *= symbol == wanted ? 1 : _values[symbol];
            }
        }

        if (rest == 0)
        {
            // No elements whatever the symbol is: it keeps its value, if it has one.
            return length == 0 ? (-1, 0) : throw WrongLength(slot, length);
        }

        return length % rest == 0 ? (wanted, length / rest) : throw WrongLength(slot, length);
    }

    public GraphException NoValue(int symbol, string? of = null)
    {
        Debug.Assert(_values[symbol] == Unbound);
        return new GraphException(
            "GRC0408",
            $"{(of is null ? "A run" : of)} requires a value of symbol \"{layout.Symbols[symbol].Name}\": " +
            "feed an input that has it, or bind it");
    }

    public GraphException WrongLength(int slot, long length) => new(
        "GRC0406",
        $"Feed requires as many elements as the shape has: {layout.Describe(slot)}{Where(slot)}, got {length}");

    public GraphException NotScalar(int slot, long length) => new(
        "GRC0406", $"Scalar requires an output of one element: {layout.Describe(slot)} has {length}");

    public GraphException NotFed(int slot, long fed) => new(
        "GRC0443",
        $"A run requires all of its inputs: {layout.Describe(slot)} has {Count(slot)} elements{Where(slot)}, " +
        $"{fed} were fed");

    private string Where(int slot)
    {
        var values = layout.Slots[slot].Shape.SelectMany(static extent => extent.Symbols)
            .Distinct()
            .Where(symbol => _values[symbol] != Unbound)
            .Select(symbol => $"{layout.Symbols[symbol].Name} = {_values[symbol]}");
        var text = string.Join(", ", values);
        return text.Length == 0 ? "" : $" ({text})";
    }

    // The symbol that a length determines, or −1.
    private int Wanted(int slot)
    {
        var (only, uses, others) = (-1, 0, false);
        var (open, openUses, severalOpen) = (-1, 0, false);
        foreach (var extent in layout.Slots[slot].Shape)
        {
            foreach (var symbol in extent.Symbols)
            {
                others |= only >= 0 && only != symbol;
                only = symbol;
                uses++;
                if (_values[symbol] == Unbound)
                {
                    severalOpen |= open >= 0 && open != symbol;
                    open = symbol;
                    openUses++;
                }
            }
        }

        return !others && uses == 1 ? only : !severalOpen && openUses == 1 ? open : -1;
    }

    private static long[] AllUnbound(int count)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Unbound;
        }

        return values;
    }
}
