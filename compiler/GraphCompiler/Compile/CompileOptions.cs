using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Diagnostics;
using GraphCompiler.Schedule;

namespace GraphCompiler;

/// <summary>What to compile of a graph, and how.</summary>
public sealed record CompileOptions
{
    /// <summary>The outputs that a run computes; null: all that the graph declares.</summary>
    public ImmutableArray<Tensor>? Outputs { get; init => field = value is { IsDefault: true } ? null : value; }

    /// <summary>
    /// True: a run performs the updates that the graph declares. False: it leaves all variables as they are.
    /// </summary>
    public bool Updates { get; init; } = true;

    /// <summary>The instruction set that kernels are generated for.</summary>
    public KernelTarget Target { get; init; }

    /// <summary>
    /// The most threads that a run uses, at least 1; null: one for each processor. Results do not depend on it.
    /// </summary>
    public int? Workers { get; init; }

    /// <summary>
    /// Where compiled kernels are kept for the next start; null: a directory of this user
    /// (<c>$XDG_CACHE_HOME/graphcompiler</c>, or <c>graphcompiler</c> in the local application data); empty: nowhere.
    /// On Unix it must belong to the user and be writable for nobody else; otherwise, as with any trouble, it is not
    /// used.
    /// </summary>
    public string? CacheDirectory { get; init; }

    /// <summary>True: kernels are compiled without optimisation, for stepping through them in a debugger.</summary>
    public bool Debuggable { get; init; }

    /// <summary>
    /// The most bytes that an execution and its variables may take, or null. A plan that needs more is GRC0440, before
    /// anything is allocated.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>False: the graph is compiled as it was declared, without rewrites.</summary>
    public bool Optimize { get; init; } = true;

    /// <summary>
    /// True: a run looks at every floating value that it computed, before any variable changes. The first NaN or infinity
    /// that was not there in the operands is a <see cref="Runtime.GraphException"/>, GRC0470, which names the node, its
    /// line, the element and the operands; variables then keep their old values.
    /// </summary>
    /// <remarks>
    /// For finding a mistake: the graph is compiled without rewrites, every value has memory of its own, and products are
    /// rounded before they are added up. Infinite constants are taken as meant, and so is what passes them on.
    /// </remarks>
    public bool CheckNumerics { get; init; }

    /// <summary>Names of rewrite rules that are not applied.</summary>
    public ImmutableHashSet<string> DisabledRules { get; init; } = [];

    /// <summary>What the compiler tells about its work; by default what the environment asks for.</summary>
    public DebugOptions Debug { get; init; } = DebugOptions.FromEnvironment();

    /// <summary>Told of every rewrite: rule, node, and what took its place.</summary>
    internal Action<string, Node, Tensor>? WatchRewrites { get; init; }

    /// <summary>Of the generated class: programs that share an assembly have one each.</summary>
    internal string Namespace { get; init; } = ProgramFile.DefaultNamespace;

    /// <summary>When kernels split their work over workers; tests split everything.</summary>
    internal SplitPolicy Split { get; init; } = SplitPolicy.Default;
}
