using GraphCompiler.Kernels;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>One call of a run.</summary>
/// <param name="Group">What it computes.</param>
/// <param name="Kernel">How.</param>
/// <param name="Method">The generated method, which other steps may share.</param>
internal sealed record ProgramStep(Group Group, Kernel Kernel, string Method);
