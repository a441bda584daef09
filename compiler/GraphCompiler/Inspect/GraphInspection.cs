using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;

namespace GraphCompiler.Inspect;

/// <summary>
/// What the compiler makes of a graph, as plain data: nodes, kernels, generated source and memory plan, each with references
/// to the others by number. Nothing is compiled or run. What reports and pictures are drawn from.
/// </summary>
public sealed record GraphInspection
{
    /// <summary>The graph's name, as shown.</summary>
    public required string Name { get; init; }

    /// <summary>What kernels are generated for: <c>x64-avx2</c>, …</summary>
    public required string Target { get; init; }

    /// <summary>Nodes as declared, before rewriting.</summary>
    public required int DeclaredNodes { get; init; }

    /// <summary>The graph that is compiled.</summary>
    public required ImmutableArray<InspectedNode> Nodes { get; init; }

    /// <summary>In the order of a run.</summary>
    public required ImmutableArray<InspectedKernel> Kernels { get; init; }

    /// <summary>Where intermediate values are.</summary>
    public required InspectedMemory Memory { get; init; }

    /// <summary>Rules of the optimiser, in the order in which they applied.</summary>
    public required ImmutableArray<InspectedRewrite> Rewrites { get; init; }

    /// <summary>Symbols and their bounds.</summary>
    public required ImmutableArray<(string Name, long Max)> Symbols { get; init; }

    /// <summary>The generated C#.</summary>
    public required string Source { get; init; }

    /// <summary>Takes a graph through all stages but the last and looks at what each of them made.</summary>
    /// <param name="graph">What to look at; it is left as it is.</param>
    /// <param name="options">As for compiling it; null: all of it, for this machine.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Runtime.GraphException">What the stages find wrong.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GraphInspection Of(Graph graph, CompileOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Inspect(graph, options ?? new CompileOptions(), cancellation).Inspection;
    }

    /// <summary>The inspection, and the program that it is of.</summary>
    internal static (GraphInspection Inspection, GeneratedProgram Program) Inspect(Graph graph, CompileOptions options, CancellationToken cancellation)
    {
        GraphCompilation.CheckOutputs(graph, options);
        var rewrites = ImmutableArray.CreateBuilder<InspectedRewrite>();
        var watched = options with
        {
            WatchRewrites = (rule, node, replacement) => rewrites.Add(new InspectedRewrite(
                rule,
                DisplayName.Line(node.ToString(), InspectionBuilder.LineLength),
                DisplayName.Line(replacement.Node.Inputs.IsEmpty ? replacement.ToString() : replacement.Node.ToString(), InspectionBuilder.LineLength))),
        };
        var result = Pipeline.Run(graph, watched, MemberStyle.RunTime with { MapsLines = true }, cancellation);
        return (new InspectionBuilder(graph, result).Build(rewrites.ToImmutable()), result.Program);
    }
}
