namespace GraphCompiler.Runtime;

/// <summary>An input of a program, resolved once by <see cref="ProgramLayout.Input{T}"/>.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class Input<T> where T : unmanaged
{
    internal Input(ProgramLayout layout, int slot)
    {
        Layout = layout;
        Slot = slot;
    }

    /// <summary>The scoped name.</summary>
    public string Name => Layout.Slots[Slot].Name;

    internal ProgramLayout Layout { get; }

    internal int Slot { get; }

    /// <summary>Name, type and shape: <c>"x" float32 [batch, 784]</c>.</summary>
    public override string ToString() => Layout.Describe(Slot);
}
