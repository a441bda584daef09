using System.Collections.Immutable;

namespace GraphCompiler.Inspect;

/// <summary>One kernel of a run. All figures are at the bounds of all symbols.</summary>
public sealed record InspectedKernel
{
    /// <summary>Position in the run.</summary>
    public required int Index { get; init; }

    /// <summary>The generated method; kernels that are alike share one.</summary>
    public required string Method { get; init; }

    /// <summary><c>Pointwise</c>, <c>Reduction</c>, <c>Contraction</c>, <c>Regions</c> or <c>Nest</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The extents that its loops go over.</summary>
    public required string Space { get; init; }

    /// <summary>Axes of the space that its reductions remove.</summary>
    public required ImmutableArray<int> Reduced { get; init; }

    /// <summary>The nodes that were fused, in declaration order.</summary>
    public required ImmutableArray<int> Nodes { get; init; }

    /// <summary>What is computed, a line for each value with a name, a place in memory, or several readers.</summary>
    public required ImmutableArray<string> Formulas { get; init; }

    /// <summary>Memory that it reads and writes.</summary>
    public required ImmutableArray<InspectedOperand> Operands { get; init; }

    /// <summary>Why it is a kernel of its own: what its first node was offered to in vain.</summary>
    public required ImmutableArray<FusionRefusal> Refusals { get; init; }

    /// <summary>
    /// For each tensor that it reads of another kernel, why what reads it is not computed there, as far as that is known
    /// and <see cref="Refusals"/> do not say it.
    /// </summary>
    public required ImmutableArray<FusionRefusal> Edges { get; init; }

    /// <summary>Why it is a kernel of its own, in a sentence, where nothing was asked.</summary>
    public required string Opening { get; init; }

    /// <summary>Floating-point operations; a fused multiply-add counts two.</summary>
    public required long Flops { get; init; }

    /// <summary>Bytes of its operands, each once.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes that each worker needs for itself.</summary>
    public required long ScratchBytes { get; init; }

    /// <summary>Bytes that all workers share while it runs: packed panels, partial sums.</summary>
    public required long SharedBytes { get; init; }

    /// <summary>True when its loops are split over the workers.</summary>
    public required bool IsParallel { get; init; }

    /// <summary>Its method in the generated source, comments included.</summary>
    public required SourceLines Lines { get; init; }

    /// <summary>Forward, backward or update: that of most of its work.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Operations for each byte: what decides whether memory or arithmetic is the limit.</summary>
    public double Intensity => Bytes == 0 ? 0 : (double)Flops / Bytes;
}
