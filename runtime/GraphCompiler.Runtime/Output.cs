namespace GraphCompiler.Runtime;

/// <summary>An output of a program, resolved once by <see cref="ProgramLayout.Output{T}"/>.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class Output<T> where T : unmanaged
{
    internal Output(ProgramLayout layout, int slot)
    {
        Layout = layout;
        Slot = slot;
    }

    /// <summary>The scoped name.</summary>
    public string Name => Layout.Slots[Slot].Name;

    internal ProgramLayout Layout { get; }

    internal int Slot { get; }

    /// <summary>Name, type and shape: <c>"y" float32 [batch, 10]</c>.</summary>
    public override string ToString() => Layout.Describe(Slot);
}
