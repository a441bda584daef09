// The types that users meet in this folder are in the root namespace, so that one using directive brings them all.
namespace GraphCompiler;

/// <summary>The instruction set that kernels are generated for.</summary>
public enum KernelTarget
{
    /// <summary><see cref="Avx2"/> where the processor has AVX2 and FMA, else <see cref="Portable"/>.</summary>
    Auto,

    /// <summary>256-bit vectors, AVX2 and FMA.</summary>
    Avx2,

    /// <summary>128-bit vectors, whatever the processor makes of them: SSE, NEON.</summary>
    Portable,
}
