namespace GraphCompiler.Compile;

/// <summary>An assembly in memory.</summary>
/// <param name="Image">Portable executable.</param>
/// <param name="Symbols">Portable PDB with the source embedded.</param>
internal sealed record CompiledAssembly(byte[] Image, byte[] Symbols);
