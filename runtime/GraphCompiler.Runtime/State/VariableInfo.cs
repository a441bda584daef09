using System.Collections.Immutable;

namespace GraphCompiler.Runtime.State;

/// <summary>The declaration of a parameter or of a piece of state.</summary>
/// <param name="Name">
/// Scoped name, such as <c>layer1/w</c>: unique in its <see cref="Variables"/>, compared ordinally.
/// </param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents, each at least 0; empty for a scalar.</param>
/// <param name="Init">The values it starts with.</param>
/// <param name="IsState">
/// False for a parameter; true for what training keeps beside them: moments, running statistics, counters.
/// </param>
public sealed record VariableInfo(
    string Name, DType Type, ImmutableArray<long> Shape, Initializer Init, bool IsState = false)
{
    /// <summary>The sizes of a declaration that can be had.</summary>
    /// <exception cref="GraphException">
    /// GRC0426: the name is empty, reserved or no well-formed text, an extent is negative, or the size exceeds 2⁶³
    /// bytes.
    /// </exception>
    internal (long Elements, long Bytes) Check()
    {
        if (string.IsNullOrEmpty(Name) || Name == Safetensors.MetadataKey || !IsWellFormed(Name))
        {
            throw new GraphException(
                "GRC0426",
                $"A variable requires a well-formed name other than \"{Safetensors.MetadataKey}\": got \"{Name}\"");
        }

        ArgumentNullException.ThrowIfNull(Init);
        return !Shape.IsDefault && ShapeText.TryBytes(Shape.AsSpan(), Type.Size(), out var elements, out var bytes)
            ? (elements, bytes)
            : throw new GraphException(
                "GRC0426",
                $"A variable requires extents of at least 0 and a size below 2^63 bytes: \"{Name}\" is {Describe()}");
    }

    /// <summary>Type and shape as messages show them.</summary>
    internal string Describe() => $"{Type.Name()} {ShapeText.Of(Shape)}";

    // A lone surrogate has no UTF-8 form: two such names would be one in a file, and in a random key.
    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
