namespace GraphCompiler.Runtime.State;

/// <summary>
/// The safetensors format: 8 bytes little-endian header length, a JSON object that gives each tensor's dtype, shape and
/// place, then the values, row-major and little-endian, without gaps.
/// </summary>
internal static class Safetensors
{
    /// <summary>Bytes before the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>The longest header that is read: what the format's reference implementation allows.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>The most extents that are read of one tensor.</summary>
    public const int LargestRank = 64;

    /// <summary>The entry that is no tensor but strings about the file.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Prefix of the metadata that says which variables are state; the name follows.</summary>
    public const string RolePrefix = "role:";

    /// <summary>The role of a variable that is not a parameter.</summary>
    public const string StateRole = "state";

    /// <summary>The format's name of an element type.</summary>
    public static string Name(DType type) => type switch
    {
        DType.Float32 => "F32",
        DType.Float64 => "F64",
        DType.Int32 => "I32",
        DType.Bool => "BOOL",
        _ => throw new System.Diagnostics.UnreachableException($"{type}"),
    };

    /// <summary>The element type that the format calls so, or null when variables have no such type.</summary>
    public static DType? Type(string name) => name switch
    {
        "F32" => DType.Float32,
        "F64" => DType.Float64,
        "I32" => DType.Int32,
        "BOOL" => DType.Bool,
        _ => null,
    };

    /// <summary>Bytes of one element of any type that the format knows; 0 when it knows none of this name.</summary>
    public static int Size(string name) => name switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 1,
        "I16" or "U16" or "F16" or "BF16" => 2,
        "I32" or "U32" or "F32" => 4,
        "I64" or "U64" or "F64" or "C64" => 8,
        _ => 0,
    };
}
