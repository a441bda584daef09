using GraphCompiler.CodeGen;
using GraphCompiler.Diagnostics;

namespace GraphCompiler.Compile;

/// <summary>
/// <see cref="Pipeline.Generate"/> with a memory on the disk: a graph that was generated before is found by its
/// <see cref="GraphKey"/>, and no stage from Optimize to CodeGen runs.
/// </summary>
internal static class ProgramCache
{
    /// <inheritdoc cref="Pipeline.Generate"/>
    public static GeneratedProgram Generate(Graph graph, CompileOptions options, CancellationToken cancellation)
    {
        // Who wants to see the stages gets to see them; a check needs the graph that was compiled, which is not kept.
        var isSilent = options.Debug is { Level: DebugLevel.None, DumpDirectory: null };
        var cache = isSilent && !options.CheckNumerics ? KernelCache.Open(CacheDirectory.Resolve(options.CacheDirectory)) : null;
        var key = cache is null ? "" : GraphKey.Of(graph, options);
        if (cache?.ReadProgram(key) is { } known)
        {
            return known;
        }

        // A new program is a new assembly in all likelihood. Roslyn's first steps in a process take longer than all
        // stages before it, and need nothing of them.
        RoslynCompiler.WarmUp();
        var program = Pipeline.Generate(graph, options, cancellation);
        cache?.Write(key, program);
        return program;
    }
}
