using System.Collections.Immutable;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime;

/// <summary>
/// Puts a <see cref="CompiledProgram"/> together, slot by slot: how code that was generated ahead of time declares its
/// memory. Slots are numbered in the order of the calls.
/// </summary>
/// <remarks>Nothing is checked before <see cref="Build"/>, which checks everything.</remarks>
public sealed class ProgramBuilder
{
    private readonly string _name;
    private readonly int _abiVersion;
    private readonly ImmutableArray<SlotLayout>.Builder _slots = ImmutableArray.CreateBuilder<SlotLayout>();
    private readonly ImmutableArray<SymbolLayout>.Builder _symbols = ImmutableArray.CreateBuilder<SymbolLayout>();
    private readonly ImmutableArray<ScratchLayout>.Builder _scratch = ImmutableArray.CreateBuilder<ScratchLayout>();
    private readonly ImmutableArray<VariableInfo>.Builder _variables = ImmutableArray.CreateBuilder<VariableInfo>();
    private readonly ImmutableArray<ProgramConstant>.Builder _constants = ImmutableArray.CreateBuilder<ProgramConstant>();

    /// <summary>A program without slots.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="abiVersion">The <see cref="ProgramLayout.CurrentAbi"/> that its code was generated for.</param>
    public ProgramBuilder(string name, int abiVersion)
    {
        ArgumentNullException.ThrowIfNull(name);
        (_name, _abiVersion) = (name, abiVersion);
    }

    /// <summary>Adds a symbolic extent.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="max">Largest value, at least 1.</param>
    public ProgramBuilder Symbol(string name, long max)
    {
        _symbols.Add(new SymbolLayout(name, max));
        return this;
    }

    /// <summary>Adds an input.</summary>
    /// <param name="name">The scoped name.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Extents, outermost first; none for a scalar. See <see cref="Extent"/>.</param>
    public ProgramBuilder Input(string name, DType type, params ExtentLayout[] shape) =>
        Slot(SlotKind.Input, name, type, shape);

    /// <summary>Adds an output.</summary>
    /// <inheritdoc cref="Input"/>
    public ProgramBuilder Output(string name, DType type, params ExtentLayout[] shape) =>
        Slot(SlotKind.Output, name, type, shape);

    /// <summary>Adds a parameter or a piece of state.</summary>
    /// <param name="name">The scoped name.</param>
    /// <param name="type">Element type.</param>
    /// <param name="init">The values that it starts with.</param>
    /// <param name="isState">True for what training keeps beside parameters.</param>
    /// <param name="shape">Extents, outermost first; none for a scalar.</param>
    public ProgramBuilder Variable(string name, DType type, Initializer init, bool isState, params long[] shape)
    {
        _variables.Add(new VariableInfo(name, type, [.. shape], init, isState));
        return Slot(SlotKind.Variable, name, type, [.. shape.Select(static extent => Extent(extent))]);
    }

    /// <summary>Adds values that the program holds.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="type">Element type.</param>
    /// <param name="values">Row-major, as many as the shape has elements; rounded to the type.</param>
    /// <param name="shape">Constant extents, outermost first.</param>
    public ProgramBuilder Constant(string name, DType type, ReadOnlyMemory<double> values, params ExtentLayout[] shape)
    {
        _constants.Add(new ProgramConstant(_slots.Count, values));
        return Slot(SlotKind.Constant, name, type, shape);
    }

    /// <summary>Adds memory within the arena, which lives within a run only.</summary>
    /// <param name="offset">Bytes from the start of the arena, a multiple of 64.</param>
    /// <param name="bytes">Bytes when every symbol has its largest value.</param>
    public ProgramBuilder Arena(long offset, long bytes)
    {
        _slots.Add(new SlotLayout(SlotKind.Arena, "", DType.Float32, [Extent(0)], offset, bytes));
        return this;
    }

    /// <summary>Adds scratch memory of a step: so many bytes for each worker.</summary>
    /// <param name="offset">Of the first worker's, in bytes from the start of the arena, a multiple of 64.</param>
    /// <param name="bytes">Of each worker's.</param>
    public ProgramBuilder Scratch(long offset, long bytes)
    {
        _scratch.Add(new ScratchLayout(offset, bytes));
        return this;
    }

    /// <summary>The program.</summary>
    /// <param name="entry">Its code.</param>
    /// <param name="arenaBytes">Bytes that all arena slots share.</param>
    /// <param name="parallelism">The most workers that have something to do, at least 1.</param>
    /// <param name="writesVariables">Whether a run updates variables.</param>
    /// <exception cref="GraphException">GRC0441: generated for another version of the runtime.</exception>
    /// <exception cref="ArgumentException">The parts do not belong together.</exception>
    public CompiledProgram Build(ProgramEntry entry, long arenaBytes, int parallelism, bool writesVariables) => new(
        new ProgramLayout(
            _name,
            _abiVersion,
            _slots.ToImmutable(),
            _symbols.ToImmutable(),
            arenaBytes,
            _scratch.ToImmutable(),
            writesVariables),
        entry,
        parallelism,
        _variables.ToImmutable(),
        _constants.ToImmutable());

    /// <summary>An extent: a constant times a product of symbols.</summary>
    /// <param name="factor">The constant, at least 0.</param>
    /// <param name="symbols">Symbols by number; repeats are powers. None for a constant extent.</param>
    public static ExtentLayout Extent(long factor, params int[] symbols) => new(factor, [.. symbols]);

    /// <summary>The error that a program was not generated for any instructions that this processor has.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="targets">What it was generated for.</param>
    public static GraphException NoTarget(string name, string targets) => new(
        "GRC0451",
        $"Program \"{name}\" requires a processor that it was generated for: this one runs none of {targets}");

    private ProgramBuilder Slot(SlotKind kind, string name, DType type, ExtentLayout[] shape)
    {
        // A symbol that is not declared, or a size beyond 2⁶³ bytes, is for Build to refuse.
        Int128 bytes = type.Size();
        foreach (var extent in shape)
        {
            bytes *= extent.Factor;
            foreach (var symbol in extent.Symbols)
            {
                bytes *= (uint)symbol < (uint)_symbols.Count ? _symbols[symbol].Max : 0;
            }

            bytes = Int128.Clamp(bytes, -1, long.MaxValue);
        }

        _slots.Add(new SlotLayout(kind, name, type, [.. shape], 0, (long)bytes));
        return this;
    }
}
