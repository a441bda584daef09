using System.Collections.Immutable;
using System.Diagnostics;
using GraphCompiler.Runtime.Tiles;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Compile;

/// <summary>What a target means on this machine.</summary>
internal static class KernelTargets
{
    /// <summary>All that this machine runs, best first.</summary>
    public static ImmutableArray<KernelTarget> Supported { get; } =
        Vec256.IsSupported ? [KernelTarget.Avx2, KernelTarget.Portable] : [KernelTarget.Portable];

    /// <summary>The instruction set itself: never <see cref="KernelTarget.Auto"/>.</summary>
    public static KernelTarget Resolve(this KernelTarget target) => target switch
    {
        KernelTarget.Auto => Tile512.IsSupported ? KernelTarget.Avx512 : Vec256.IsSupported ? KernelTarget.Avx2 : KernelTarget.Portable,
        KernelTarget.Avx512 or KernelTarget.Avx2 or KernelTarget.Portable => target,
        _ => throw new UnreachableException($"{target}"),
    };
}
