using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Tests.Laws;

/// <summary>Kernels for x64 with AVX-512.</summary>
internal sealed class Avx512Runner() : CompiledRunner(KernelTarget.Avx512, "x64-avx512")
{
    public override bool IsSupported => Tile512.IsSupported;
}
