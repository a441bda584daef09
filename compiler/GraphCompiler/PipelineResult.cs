using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Optimize;
using GraphCompiler.Schedule;

namespace GraphCompiler;

/// <summary>A generated program, and what each stage handed on: what an inspection shows.</summary>
/// <param name="Optimized">The graph that is compiled, and where the user's tensors are in it.</param>
/// <param name="Schedule">Groups in order, and storage.</param>
/// <param name="Steps">The kernel of each group.</param>
/// <param name="Program">The source and the layout of its memory.</param>
internal sealed record PipelineResult(
    OptimizedGraph Optimized, ExecutionSchedule Schedule, ImmutableArray<ProgramStep> Steps, GeneratedProgram Program);
