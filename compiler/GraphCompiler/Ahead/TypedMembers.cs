using System.Collections.Immutable;
using System.Globalization;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime;

namespace GraphCompiler.Ahead;

/// <summary>The names of a typed class's members: what is the user's, made into identifiers that clash with nothing.</summary>
internal sealed class TypedMembers
{
    // Of the class itself, and of every class; private fields too.
    private static readonly string[] Own =
    [
        "Run", "Train", "Variables", "Save", "Load", "Dispose", "Instructions", "Workers", "_execution", "_companion",
        "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize",
    ];

    public TypedMembers(string className, ProgramLayout layout)
    {
        var names = NameAllocator.Free();
        foreach (var name in Own.Prepend(className))
        {
            names.TryNew(name, capital: true);
        }

        Symbols = [.. layout.Symbols.Select(symbol => new SymbolMember(
            symbol, Name(symbol.Name, "Extent"), names.New($"Max {symbol.Name}", capital: true)))];
        Inputs = [.. Slots(SlotKind.Input, "Input")];
        Outputs = [.. Slots(SlotKind.Output, "Output")];

        IEnumerable<SlotMember> Slots(SlotKind kind, string suffix)
        {
            SlotLayout[] slots = [.. layout.Slots.Where(slot => slot.Kind == kind)];
            for (var i = 0; i < slots.Length; i++)
            {
                var field = names.New(string.Create(CultureInfo.InvariantCulture, $"_{suffix.ToLowerInvariant()}{i}"), capital: true);
                yield return new(slots[i], layout.ShapeOf(slots[i]), Name(slots[i].Name, suffix), field);
            }
        }

        string Name(string name, string suffix) => names.TryNew(name, capital: true) ?? names.New($"{name} {suffix}", capital: true);
    }

    /// <summary>A symbol's property, and the constant that is its bound.</summary>
    internal sealed record SymbolMember(SymbolLayout Symbol, string Property, string Max);

    /// <summary>An input's or output's property, and the field that holds its handle.</summary>
    internal sealed record SlotMember(SlotLayout Slot, string Shape, string Property, string Field);

    public ImmutableArray<SymbolMember> Symbols { get; }

    public ImmutableArray<SlotMember> Inputs { get; }

    public ImmutableArray<SlotMember> Outputs { get; }
}
