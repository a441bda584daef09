using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Tiles;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>A program as members of a class that somebody else writes, and the memory that they work on.</summary>
/// <param name="Text">
/// The entry, <c>public static void Run(in Worker w)</c>, and the methods that it calls. They refer to classes of the
/// runtime and of the base library by their simple names.
/// </param>
/// <param name="Names">The names that the members have.</param>
/// <param name="Steps">What a run does, in order.</param>
/// <param name="Storage">What each slot holds.</param>
/// <param name="Layout">The memory that the code works on.</param>
/// <param name="Plan">Which blocks of that memory are in use when.</param>
/// <param name="Parallelism">The most workers that have something to do; 1 when nothing is worth splitting.</param>
/// <param name="MethodCount">Methods that the steps share.</param>
/// <param name="Constants">The values of each constant slot.</param>
internal sealed record ProgramMembers(
    string Text,
    NameAllocator Names,
    ImmutableArray<ProgramStep> Steps,
    ImmutableArray<Storage> Storage,
    ProgramLayout Layout,
    MemoryPlan Plan,
    int Parallelism,
    int MethodCount,
    ImmutableArray<(int Slot, ReadOnlyMemory<double> Values)> Constants)
{
    /// <inheritdoc cref="GeneratedProgram.Stages"/>
    public ImmutableArray<StageTime> Stages { get; init; } = [];

    /// <inheritdoc cref="GeneratedProgram.Tiles"/>
    public ImmutableArray<TileUse> Tiles { get; init; } = [];

    /// <inheritdoc cref="GeneratedProgram.Values"/>
    public ImmutableArray<(Tensor Tensor, int Slot)>? Values { get; init; }
}
