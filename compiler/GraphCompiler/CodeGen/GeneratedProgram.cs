using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Tiles;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>What the code generator hands to the Compile stage.</summary>
/// <param name="ClassName">
/// The fully qualified name of the class that holds the entry, <c>public static void Run(in Worker w)</c>.
/// </param>
/// <param name="Source">One C# file that needs no <c>unsafe</c> and no using directives of its surroundings.</param>
/// <param name="Layout">The memory that the code works on.</param>
/// <param name="Plan">Which blocks of that memory are in use when.</param>
/// <param name="Parallelism">The most workers that have something to do; 1 when nothing is worth splitting.</param>
/// <param name="SummaryText">Kernels, shapes, bytes and flops for a reader.</param>
/// <param name="KernelCount">Steps of a run.</param>
/// <param name="KernelMethodCount">Methods that they share.</param>
/// <param name="Constants">The values of each constant slot.</param>
internal sealed record GeneratedProgram(
    string ClassName,
    string Source,
    ProgramLayout Layout,
    MemoryPlan Plan,
    int Parallelism,
    string SummaryText,
    int KernelCount,
    int KernelMethodCount,
    ImmutableArray<(int Slot, ReadOnlyMemory<double> Values)> Constants)
{
    /// <summary>How long each stage took; none where the disk cache knew the graph.</summary>
    public ImmutableArray<StageTime> Stages { get; init; } = [];

    /// <summary>Register tiles that the program calls.</summary>
    public ImmutableArray<TileUse> Tiles { get; init; } = [];

    /// <summary>
    /// Where all floating values, and all leaves, are after <c>Run</c>, in the order of declaration; null where memory is
    /// used again. Variables then change in a method of its own, <c>Commit</c>, if any do.
    /// </summary>
    public ImmutableArray<(Tensor Tensor, int Slot)>? Values { get; init; }

    /// <summary>The largest sum of bytes that are in use at one step: no plan can do with less.</summary>
    public long LiveBytes(int workers)
    {
        var always = Layout.Slots.Where(static slot => slot.Kind is not (SlotKind.Variable or SlotKind.Arena)).Sum(static slot => slot.MaxBytes);
        return checked(always + Plan.Peak(workers).Bytes);
    }
}
