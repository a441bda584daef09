using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>
/// The state of emitting one method: names of what is in scope, and how the loop around runs (one element at a time, or
/// in lanes of which perhaps not all count).
/// </summary>
internal sealed class EmitContext(CodeTarget target, NameAllocator names)
{
    private readonly Dictionary<KernelBuffer, string> _buffers = [];
    private readonly Dictionary<Axis, string> _axes = [];
    private readonly Dictionary<Axis, string> _extents = [];
    private readonly Dictionary<Symbol, string> _symbols = [];
    private readonly Dictionary<Local, LocalText> _locals = [];

    /// <summary>Names of a local's registers, or its one scalar name.</summary>
    public sealed record LocalText(string[] Parts, bool IsVector);

    public CodeTarget Target => target;

    public NameAllocator Names => names;

    public Dictionary<KernelBuffer, string> Buffers => _buffers;

    public Dictionary<Axis, string> Axes => _axes;

    /// <summary>Symbols that the method uses, with the variable that holds each.</summary>
    public Dictionary<Symbol, string> Symbols => _symbols;

    public Dictionary<Local, LocalText> Locals => _locals;

    /// <summary>Vector math that the JIT can still inline into the method.</summary>
    public InlineBudget Inlined { get; } = new();

    /// <summary>Whether a mask could be kept from one block of code to another, over a call: at the ends of lines vector math is called.</summary>
    public bool CanKeepMasks { get; init; }

    /// <summary>The vector loop around, or null in scalar code.</summary>
    public VectorLoop? Vector { get; set; }

    /// <summary>Gives an axis an extent that only the generated code knows (an edge of a tile).</summary>
    public void SetExtent(Axis axis, string text) => _extents[axis] = text;

    public string ExtentOf(Axis axis) => _extents.TryGetValue(axis, out var text) ? text : axis switch
    {
        { Whole: { IsConstant: false } whole } => string.Create(CultureInfo.InvariantCulture, $"({Text(whole)} + {axis.ChunkSize - 1}) / {axis.ChunkSize}"),
        { Chunks: { Whole: { } all, ChunkSize: var size } chunks } when !all.IsConstant || all.Factor % size != 0 =>
            string.Create(CultureInfo.InvariantCulture, $"Math.Min({size}, {Text(all)} - {_axes[chunks]} * {size})"),
        _ => Text(axis.Extent),
    };

    /// <summary>An extent or stride: a literal, a variable, or a product of them.</summary>
    public string Text(Dim dim)
    {
        if (dim.IsConstant)
        {
            return Number(dim.Factor);
        }

        var factors = dim.Symbols.Select(SymbolName).ToList();
        if (dim.Factor != 1)
        {
            factors.Insert(0, Number(dim.Factor));
        }

        return factors.Count == 1 ? factors[0] : $"({string.Join(" * ", factors)})";
    }

    // C# takes what an int cannot hold for uint or long, and neither becomes nint by itself.
    private static string Number(long value) =>
        value is >= int.MinValue and <= int.MaxValue ? value.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"unchecked((nint){value})");

    /// <summary>A sum of coefficient · axis and constants; "0" when empty.</summary>
    public string Sum(IEnumerable<(Axis Axis, Dim Coefficient)> terms, ImmutableSum offset)
    {
        var parts = new List<string>();
        foreach (var (axis, coefficient) in terms)
        {
            var name = _axes[axis];
            parts.Add(coefficient == 1 ? name : $"{name} * {Text(coefficient)}");
        }

        foreach (var term in offset.Terms)
        {
            parts.Add(Text(term));
        }

        return parts.Count switch
        {
            0 => "0",
            1 => parts[0],
            _ => string.Join(" + ", parts).Replace("+ -", "- ", StringComparison.Ordinal),
        };
    }

    public string SymbolName(Symbol symbol)
    {
        if (!_symbols.TryGetValue(symbol, out var name))
        {
            name = names.New(symbol.Name);
            _symbols.Add(symbol, name);
        }

        return name;
    }

    /// <summary>Names for the registers of a value.</summary>
    public string[] NewParts(string hint, DType type, int lanes)
    {
        return [.. Enumerable.Range(0, target.PartsOf(type, lanes)).Select(_ => names.New(hint))];
    }
}
