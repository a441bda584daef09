using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GraphCompiler.Runtime;

/// <summary>
/// Another program on the inputs, outputs and variables of an execution: the outputs of a training step without its
/// updates, say. Feed and read the execution; this one only runs.
/// </summary>
/// <remarks>
/// Made by <see cref="Execution.Accompany"/>. It has memory of its own for what is between inputs and outputs, freed with
/// that of the execution, and serves one thread at a time together with it. A run allocates nothing on the managed heap.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "The execution frees the memory, after its last run")]
public sealed class Companion
{
    private readonly Execution _host;
    private readonly ExecutionMemory _memory;
    private readonly TeamRun _run;
    private readonly ImmutableArray<int> _inputs;
    private readonly ImmutableArray<int> _symbols;

    // The host is entered: nobody runs it, and nobody frees its memory.
    internal Companion(CompiledProgram program, Execution host)
    {
        _host = host;
        _symbols = [.. program.Layout.Symbols.Select(symbol => host.Layout.FindSymbol(symbol.Name))];
        var variables = host.Variables.Addresses(program.Variables);
        _memory = new ExecutionMemory(program.Layout, host.Workers);
        try
        {
            _inputs = Bind(program.Layout, variables);
        }
        catch
        {
            _memory.Dispose();
            throw;
        }

        ConstantFill.Run(program, _memory);
        _run = new TeamRun(program, _memory, host.Variables, TeamRun.WorkersOf(program, host.Workers));
    }

    /// <summary>
    /// Computes the program's outputs, and updates if it has some, from the inputs and variables of this moment.
    /// </summary>
    /// <inheritdoc cref="Execution.Run()"/>
    public void Run() => _host.Run(this);

    // By the host, after its last run.
    internal void Free() => _memory.Dispose();

    internal void RunOn(SymbolValues values)
    {
        for (var i = 0; i < _symbols.Length; i++)
        {
            var value = values[_symbols[i]];
            _memory.SetSymbol(i, value >= 0 ? value : throw values.NoValue(_symbols[i]));
        }

        foreach (var input in _inputs)
        {
            _host.CheckFed(input);
        }

        _run.Run();
        GC.KeepAlive(this);
    }

    private ImmutableArray<int> Bind(ProgramLayout layout, nint[] variables)
    {
        var inputs = ImmutableArray.CreateBuilder<int>();
        var next = 0;
        for (var slot = 0; slot < layout.Slots.Length; slot++)
        {
            switch (layout.Slots[slot].Kind)
            {
                case SlotKind.Variable:
                    _memory.SetAddress(slot, variables[next++]);
                    break;
                case SlotKind.Input or SlotKind.Output:
                    var (own, address) = _host.Find(layout.Slots[slot]);
                    _memory.SetAddress(slot, address);
                    if (layout.Slots[slot].Kind == SlotKind.Input)
                    {
                        inputs.Add(own);
                    }

                    break;
                default:
                    break;
            }
        }

        return inputs.ToImmutable();
    }
}
