using System.Collections.Immutable;

namespace GraphCompiler.CodeGen;

/// <summary>The types that kernels call by their simple names: the whole list.</summary>
internal static class KnownTypes
{
    /// <summary>Full names.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "System.Math", "System.MathF",
        "System.Runtime.CompilerServices.MethodImplAttribute", "System.Runtime.CompilerServices.MethodImplOptions",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.Intrinsics.Vector128", "System.Runtime.Intrinsics.Vector256", "System.Runtime.Intrinsics.Vector512",
        "GraphCompiler.Runtime.Worker",
        "GraphCompiler.Runtime.Threading.Partition",
        "GraphCompiler.Runtime.Tiles.Tile128", "GraphCompiler.Runtime.Tiles.Tile256", "GraphCompiler.Runtime.Tiles.Tile512",
        "GraphCompiler.Runtime.Vectors.Call128", "GraphCompiler.Runtime.Vectors.Call256",
        "GraphCompiler.Runtime.Vectors.Call512", "GraphCompiler.Runtime.Vectors.CallScalar",
        "GraphCompiler.Runtime.Vectors.Prefetch", "GraphCompiler.Runtime.Vectors.Scalar",
        "GraphCompiler.Runtime.Vectors.Streaming", "GraphCompiler.Runtime.Vectors.Tail",
        "GraphCompiler.Runtime.Vectors.Vec128", "GraphCompiler.Runtime.Vectors.Vec256", "GraphCompiler.Runtime.Vectors.Vec512",
    ];

    /// <summary>As a kernel says it: an attribute without its ending.</summary>
    public static string SimpleName(string fullName)
    {
        var name = fullName[(fullName.LastIndexOf('.') + 1)..];
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
    }
}
