namespace GraphCompiler.Runtime;

/// <content>What a <see cref="Companion"/> needs of the execution that it accompanies.</content>
public sealed partial class Execution
{
    private readonly List<Companion> _companions = [];

    /// <summary>
    /// Another program on this execution's inputs, outputs and variables, with memory of its own for what is between.
    /// </summary>
    /// <param name="program">What to run: its inputs, outputs and symbols are among those of this execution.</param>
    /// <returns>What runs it; it lives as long as this execution.</returns>
    /// <exception cref="ArgumentException">This execution has not all its inputs, outputs or symbols.</exception>
    /// <exception cref="GraphException">
    /// GRC0404: a symbol is missing. GRC0409: in use by another thread. GRC0410: out of memory. GRC0420, GRC0425,
    /// GRC0426: a variable exists with another type or shape, or cannot be made.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The execution, or its variables, have been disposed.</exception>
    public Companion Accompany(CompiledProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Enter();
        try
        {
            var companion = new Companion(program, this);
            _companions.Add(companion);
            return companion;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs a companion, with the symbols' values of this moment, as the only user of this memory.</summary>
    internal void Run(Companion companion)
    {
        Enter();
        try
        {
            companion.RunOn(_symbols);
            GC.KeepAlive(this);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Where an input or output of this execution begins, and which slot it is.</summary>
    internal (int Slot, nint Address) Find(SlotLayout slot)
    {
        for (var i = 0; i < Layout.Slots.Length; i++)
        {
            var own = Layout.Slots[i];
            if (own.Kind == slot.Kind && own.Name == slot.Name && own.Type == slot.Type && own.MaxBytes == slot.MaxBytes)
            {
                return (i, _memory.AddressOf(i));
            }
        }

        throw new ArgumentException($"Program \"{Layout.Name}\" has no {slot.Kind} \"{slot.Name}\" of that type and size");
    }

    /// <summary>Throws where an input has not been fed what the symbols say now.</summary>
    internal void CheckFed(int slot)
    {
        var fed = _views[slot].Fed;
        if (fed != WrittenInPlace && fed != _symbols.Count(slot))
        {
            throw _symbols.NotFed(slot, Math.Max(fed, 0));
        }
    }
}
