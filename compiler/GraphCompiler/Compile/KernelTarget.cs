// The types that users meet in this folder are in the root namespace, so that one using directive brings them all.
namespace GraphCompiler;

/// <summary>The instruction set that kernels are generated for.</summary>
public enum KernelTarget
{
    /// <summary><see cref="Avx512"/> where the processor has AVX-512 F, BW, DQ and VL, else <see cref="Avx2"/> where it has
    /// AVX2 and FMA, else <see cref="Portable"/>. <c>DOTNET_EnableAVX512=0</c> and <c>DOTNET_EnableAVX2=0</c> count as not
    /// having them.</summary>
    Auto,

    /// <summary>256-bit vectors, AVX2 and FMA.</summary>
    Avx2,

    /// <summary>128-bit vectors, whatever the processor makes of them: SSE, NEON.</summary>
    Portable,

    /// <summary>512-bit vectors with masks: AVX-512 F, BW, DQ and VL.</summary>
    Avx512,
}
