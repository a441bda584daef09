using System.Collections.Immutable;

namespace GraphCompiler.Inspect;

/// <summary>The memory plan. All figures are at the bounds of all symbols.</summary>
public sealed record InspectedMemory
{
    /// <summary>From the first block's start to the last one's end.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>Arena and scratch of one worker.</summary>
    public required long BytesOfOneWorker { get; init; }

    /// <summary>The most bytes alive at one kernel: no plan can do with less.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>That kernel.</summary>
    public required int PeakKernel { get; init; }

    /// <summary>Parameters and state, which outlive a run.</summary>
    public required long VariableBytes { get; init; }

    /// <summary>Inputs, outputs and tables of constants.</summary>
    public required long FixedBytes { get; init; }

    /// <summary>Blocks in the order in which they are taken.</summary>
    public required ImmutableArray<InspectedBlock> Blocks { get; init; }

    /// <summary>Bytes alive at each kernel.</summary>
    public required ImmutableArray<long> Alive { get; init; }
}
