using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Tests.Laws;

/// <summary>Kernels for x64 with AVX2 and FMA.</summary>
internal sealed class Avx2Runner() : CompiledRunner(KernelTarget.Avx2, "x64-avx2")
{
    public override bool IsSupported => Vec256.IsSupported;
}
