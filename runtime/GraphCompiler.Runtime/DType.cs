namespace GraphCompiler.Runtime;

/// <summary>Element type of a tensor. Little-endian, IEEE 754 binary formats for the floating types.</summary>
public enum DType
{
    /// <summary>IEEE 754 binary32, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE 754 binary64, 8 bytes.</summary>
    Float64,

    /// <summary>Two's complement 32-bit integer, 4 bytes: indices and labels. Arithmetic wraps.</summary>
    Int32,

    /// <summary>Truth value, 1 byte: 0 is false, 1 is true; nothing else is ever stored.</summary>
    Bool,
}

/// <summary>Facts about each <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.Float64 => 8,
        DType.Bool => 1,
        _ => 4,
    };

    /// <summary>True for <see cref="DType.Float32"/> and <see cref="DType.Float64"/>, the types that can be differentiated.</summary>
    public static bool IsFloating(this DType type) => type is DType.Float32 or DType.Float64;

    /// <summary>The name used in messages, graphs and files: <c>float32</c>, <c>float64</c>, <c>int32</c>, <c>bool</c>.</summary>
    public static string Name(this DType type) => type switch
    {
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        DType.Int32 => "int32",
        DType.Bool => "bool",
        _ => throw new System.Diagnostics.UnreachableException($"{type}"),
    };

    /// <summary>The element type that stores <typeparamref name="T"/> (float, double, int, bool).</summary>
    /// <exception cref="GraphException">GRC0401: no tensor holds this type.</exception>
    public static DType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32
        : typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(int) ? DType.Int32
        : typeof(T) == typeof(bool) ? DType.Bool
        : throw new GraphException("GRC0401", $"Tensors hold float, double, int or bool, not {typeof(T).Name}");
}
