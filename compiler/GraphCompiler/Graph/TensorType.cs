using GraphCompiler.Runtime;

namespace GraphCompiler;

/// <summary>What is known of a tensor before it has values: element type and shape.</summary>
/// <param name="DType">Storage type of the elements.</param>
/// <param name="Shape">Extents, outermost first.</param>
public readonly record struct TensorType(DType DType, Shape Shape) : IEquatable<TensorType>
{
    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Bytes of all elements.</summary>
    public Dim Bytes => Shape.ElementCount * DType.Size();

    /// <summary>The same shape with another element type.</summary>
    public TensorType With(DType type) => this with { DType = type };

    /// <summary>The same element type with another shape.</summary>
    public TensorType With(Shape shape) => this with { Shape = shape };

    /// <summary>Equal element type and equal shape.</summary>
    public bool Equals(TensorType other) => DType == other.DType && Shape.Equals(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((int)DType, Shape.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => $"{DType.Name()}{Shape}";
}
