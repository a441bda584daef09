using System.Collections.Immutable;

namespace GraphCompiler.Inspect;

/// <summary>A node of the graph that is compiled: the declared one after rewriting.</summary>
public sealed record InspectedNode
{
    /// <summary>Position in the graph: inputs have smaller ones.</summary>
    public required int Id { get; init; }

    /// <summary>Name of the operator.</summary>
    public required string Operator { get; init; }

    /// <summary>The operator with its attributes.</summary>
    public required string Call { get; init; }

    /// <summary>What it computes, in the user's names, on one line.</summary>
    public required string Formula { get; init; }

    /// <summary>What it reads: node and result.</summary>
    public required ImmutableArray<(int Node, int Result)> Inputs { get; init; }

    /// <summary>What comes out.</summary>
    public required ImmutableArray<InspectedTensor> Results { get; init; }

    /// <summary>Forward, backward or update.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Scopes that it was declared in, as in <c>encoder/layer1</c>; for a node of a gradient those of what was differentiated.</summary>
    public required string Scope { get; init; }

    /// <summary>The user's lines that declared it, file and line.</summary>
    public required ImmutableArray<(string File, int Line)> Origins { get; init; }

    /// <summary>Why differentiation made it, or null where somebody declared it.</summary>
    public InspectedGradient? Gradient { get; init; }

    /// <summary>
    /// How it comes to be: <c>memory</c> (an input, a variable, a table of constants), <c>inline</c> (repeated where it is
    /// read), <c>view</c> (an index map of who reads it), or the kind of work in a kernel: <c>pointwise</c>,
    /// <c>reduction</c>, <c>contraction</c>, <c>regions</c>, <c>nest</c>.
    /// </summary>
    public required string Form { get; init; }

    /// <summary>The kernel that computes it, or null.</summary>
    public int? Kernel { get; init; }

    /// <summary>Where in the kernel's loops: <c>point</c>, <c>row</c>, <c>column</c>, <c>final</c>; null outside of kernels.</summary>
    public string? Level { get; init; }

    /// <summary>Kernels that read it from memory, or that it is repeated in.</summary>
    public required ImmutableArray<int> ReadBy { get; init; }

    /// <summary>Floating-point operations, at the bounds of all symbols.</summary>
    public required long Flops { get; init; }

    /// <summary>Lines of the generated source that compute it, where they can be told from those of others.</summary>
    public required ImmutableArray<SourceLines> Lines { get; init; }

    /// <summary>The first result's name.</summary>
    public string Name => Results[0].Name;

    /// <summary>The first result's type.</summary>
    public string Type => Results[0].Type;
}
