using System.Collections.Immutable;
using GraphCompiler.Runtime.Memory;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime;

/// <summary>The memory that a program works on: the plan, as data.</summary>
/// <param name="Name">The graph's name.</param>
/// <param name="AbiVersion">The <see cref="CurrentAbi"/> that the program's code was generated for.</param>
/// <param name="Slots">Blocks; generated code refers to them by position.</param>
/// <param name="Symbols">Symbolic extents; generated code refers to them by position.</param>
/// <param name="ArenaBytes">Bytes that all arena slots share.</param>
/// <param name="Scratch">
/// Memory that each worker has for itself, at the steps that need some: above all arena slots that are in use then.
/// </param>
/// <param name="WritesVariables">True when a run updates variables, and so needs them for itself.</param>
public sealed record ProgramLayout(
    string Name,
    int AbiVersion,
    ImmutableArray<SlotLayout> Slots,
    ImmutableArray<SymbolLayout> Symbols,
    long ArenaBytes,
    ImmutableArray<ScratchLayout> Scratch,
    bool WritesVariables)
{
    /// <summary>
    /// The contract between generated code and this runtime: <see cref="Worker"/>, the entry, tiles, vector math. Grows
    /// by one with each change that breaks code generated before.
    /// </summary>
    public const int CurrentAbi = 3;

    /// <summary>Bytes of all variables that the program uses.</summary>
    public long VariableBytes =>
        Slots.Where(static slot => slot.Kind == SlotKind.Variable).Sum(static slot => slot.MaxBytes);

    /// <summary>Bytes of native memory that one execution allocates, variables not counted.</summary>
    /// <param name="workers">Workers, at least 1.</param>
    /// <exception cref="OverflowException">2⁶³ or more.</exception>
    public long ExecutionBytes(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return ExecutionMemory.Plan(this, workers).Bytes;
    }

    /// <summary>Bytes of native memory of one execution and of the variables that it uses.</summary>
    /// <param name="workers">Workers, at least 1.</param>
    /// <exception cref="OverflowException">2⁶³ or more.</exception>
    public long TotalBytes(int workers) => checked(ExecutionBytes(workers) + VariableBytes);

    /// <summary>
    /// The input called <paramref name="name"/>, to be fed and written in executions of this program.
    /// </summary>
    /// <typeparam name="T">float, double, int or bool, as the input's type says.</typeparam>
    /// <exception cref="GraphException">GRC0404: there is none. GRC0405: it has another type.</exception>
    public Input<T> Input<T>(string name) where T : unmanaged => new(this, Find<T>(SlotKind.Input, name));

    /// <summary>The output called <paramref name="name"/>, to be read in executions of this program.</summary>
    /// <typeparam name="T">float, double, int or bool, as the output's type says.</typeparam>
    /// <exception cref="GraphException">GRC0404: there is none. GRC0405: it has another type.</exception>
    public Output<T> Output<T>(string name) where T : unmanaged => new(this, Find<T>(SlotKind.Output, name));

    /// <summary>The shape of a slot as messages show it: <c>[batch, 784]</c>.</summary>
    internal string ShapeOf(SlotLayout slot) => $"[{string.Join(", ", slot.Shape.Select(Describe))}]";

    /// <summary>A slot as messages show it: <c>"x" float32 [batch, 784]</c>.</summary>
    internal string Describe(int slot) => $"\"{Slots[slot].Name}\" {Slots[slot].Type.Name()} {ShapeOf(Slots[slot])}";

    internal int Find<T>(SlotKind kind, string name) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(name);
        var type = DTypes.Of<T>();
        for (var i = 0; i < Slots.Length; i++)
        {
            if (Slots[i].Kind == kind && Slots[i].Name == name)
            {
                return Slots[i].Type == type
                    ? i
                    : throw new GraphException(
                        "GRC0405",
                        $"{kind} requires its own element type: " +
                        $"{Describe(i)}, {type.Name()} is asked for");
            }
        }

        throw NotFound(kind.ToString(), name, Slots.Where(slot => slot.Kind == kind).Select(static slot => slot.Name));
    }

    internal int FindSymbol(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var i = 0; i < Symbols.Length; i++)
        {
            if (Symbols[i].Name == name)
            {
                return i;
            }
        }

        throw NotFound("Symbol", name, Symbols.Select(static symbol => symbol.Name));
    }

    private GraphException NotFound(string what, string name, IEnumerable<string> names)
    {
        const int Shown = 10;
        string[] all = [.. names];
        var nearest = NearestNames.To(name, all);
        var hint = nearest.Length > 0 ? $"did you mean {Quoted(" or ", nearest)}?"
            : all.Length == 0 ? "it uses none"
            : $"it uses {Quoted(", ", all.Take(Shown))}{(all.Length > Shown ? ", …" : "")}";
        return new GraphException(
            "GRC0404", $"{what} requires a name that program \"{Name}\" uses: got \"{name}\"; {hint}");
    }

    private static string Quoted(string separator, IEnumerable<string> names) =>
        string.Join(separator, names.Select(static each => $"\"{each}\""));

    private string Describe(ExtentLayout extent)
    {
        var product = string.Join("·", extent.Symbols.Select(symbol => Symbols[symbol].Name));
        return product.Length == 0 ? $"{extent.Factor}" : extent.Factor == 1 ? product : $"{extent.Factor}·{product}";
    }
}
