using System.Collections.Immutable;
using GraphCompiler.Schedule;

namespace GraphCompiler;

/// <summary>How a graph becomes C# ahead of time.</summary>
public sealed record EmitOptions
{
    /// <summary>
    /// Namespace of the generated class, such as <c>App.Graphs</c>; empty: the global namespace. Each part is an
    /// identifier of ASCII letters, digits and underscores that is no keyword.
    /// </summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name of the generated class; null: made of the graph's name.</summary>
    public string? ClassName { get; init; }

    /// <summary>Who sees the class.</summary>
    public EmitVisibility Visibility { get; init; }

    /// <summary>
    /// The instruction sets that kernels are generated for, in any order: the best that the processor has is chosen
    /// when the program is loaded. Without <see cref="KernelTarget.Portable"/>, other processors are refused (GRC0451).
    /// </summary>
    public ImmutableArray<KernelTarget> Targets { get; init; } =
        [KernelTarget.Avx512, KernelTarget.Avx2, KernelTarget.Portable];

    /// <summary>How the text is generated again, for its header: a command, say.</summary>
    public string Regenerate { get; init; } = "GraphSource.Emit";

    /// <summary>
    /// The folder that files of the map are relative to, so that it is the same on every machine; null: files stay as
    /// the compiler of the declaring program saw them.
    /// </summary>
    public string? SourceRoot { get; init; }

    /// <summary>When kernels split their work over workers; tests split everything.</summary>
    internal SplitPolicy Split { get; init; } = SplitPolicy.Default;
}
