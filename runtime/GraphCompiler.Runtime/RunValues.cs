namespace GraphCompiler.Runtime;

/// <summary>The memory of an execution, slot by slot.</summary>
internal sealed class RunValues(ExecutionMemory memory, SymbolValues symbols, ProgramLayout layout)
{
    public ProgramLayout Layout => layout;

    /// <summary>The elements of a slot, by the symbols' values of this run.</summary>
    /// <exception cref="GraphException">GRC0411: more than one span holds.</exception>
    public unsafe ReadOnlySpan<T> Elements<T>(int slot) where T : unmanaged
    {
        var count = symbols.Count(slot);
        return count <= int.MaxValue ? new((void*)memory.CurrentAddressOf(slot), (int)count)
            : throw new GraphException("GRC0411", $"A check of values requires tensors of less than 2^31 elements: {layout.Describe(slot)} has {count}");
    }

    /// <summary>The value of a symbol in this run.</summary>
    public long Symbol(string name) => symbols[layout.FindSymbol(name)];
}
