using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>One call of a run.</summary>
/// <param name="Group">What it computes.</param>
/// <param name="Kernel">How.</param>
/// <param name="Method">The generated method, which other steps may share.</param>
internal sealed record ProgramStep(Group Group, Kernel Kernel, string Method)
{
    /// <summary>
    /// Lines of the method that compute nodes of this step, where the style asked for them, counted from 0 and without
    /// those that are comments: methods that steps share differ in nothing else. The node that a line is for comes first.
    /// </summary>
    public ImmutableArray<(int Line, Node Node)> Map { get; init; } = [];
}
