namespace GraphCompiler.Tests.Laws;

/// <summary>Kernels on 128-bit vectors, which run anywhere.</summary>
internal sealed class PortableRunner() : CompiledRunner(KernelTarget.Portable, "portable");
