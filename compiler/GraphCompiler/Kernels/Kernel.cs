using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>One method of generated code, and the tensors that one call of it is bound to.</summary>
/// <param name="Name">Hint for the name of the method.</param>
/// <param name="Parameters">Buffers in the order of the method's parameters, with the tensor that each stands for here.</param>
/// <param name="Statements">The body.</param>
/// <param name="ScratchBytes">Memory that each worker needs for itself.</param>
/// <param name="IsParallel">Whether the work is worth splitting over workers.</param>
/// <param name="Formulas">What is computed, a line a node, in the user's names.</param>
internal sealed record Kernel(
    string Name,
    ImmutableArray<(KernelBuffer Buffer, Tensor Tensor)> Parameters,
    ImmutableArray<KernelStatement> Statements,
    long ScratchBytes,
    bool IsParallel,
    ImmutableArray<string> Formulas)
{
    /// <summary>Buffers of the workers' own memory, with their place in it.</summary>
    public ImmutableArray<(KernelBuffer Buffer, long Offset)> Scratch { get; init; } = [];

    /// <summary>Buffers that exist only while this kernel runs and that all workers share: packed panels, partial sums.</summary>
    public ImmutableArray<KernelBuffer> Shared { get; init; } = [];
}
