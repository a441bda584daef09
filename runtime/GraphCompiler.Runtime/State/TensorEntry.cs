using System.Collections.Immutable;

namespace GraphCompiler.Runtime.State;

/// <summary>One tensor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its element type as the format calls it.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record TensorEntry(string Name, string TypeName, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>The element type, or null when variables have none like it.</summary>
    public DType? Type => Safetensors.Type(TypeName);

    /// <summary>Name, type and shape, as <see cref="Variable.ToString"/> shows them.</summary>
    public override string ToString() => $"\"{Name}\" {Describe()}";

    /// <summary>Type and shape as messages show them.</summary>
    public string Describe() => $"{Type?.Name() ?? TypeName} {ShapeText.Of(Shape)}";
}
