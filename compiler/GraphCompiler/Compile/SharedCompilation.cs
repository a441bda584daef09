using System.Collections.Immutable;
using System.Diagnostics;
using GraphCompiler.CodeGen;
using GraphCompiler.Diagnostics;

namespace GraphCompiler.Compile;

/// <summary>
/// Many programs in one assembly: what a compilation costs, whatever its size, is paid once. The disk cache is not
/// asked, as it is kept by program.
/// </summary>
internal static class SharedCompilation
{
    /// <summary>Compiles and loads programs; the code is unloaded when all are disposed.</summary>
    /// <param name="name">Of the assembly.</param>
    /// <param name="programs">
    /// Graphs and what was generated of them, each in a namespace of its own (<see cref="CompileOptions.Namespace"/>).
    /// </param>
    /// <param name="cancellation">Ends the compilation.</param>
    /// <returns>In the same order. Each reports the times of the whole.</returns>
    /// <exception cref="InternalCompilerException">One of the sources does not compile.</exception>
    public static ImmutableArray<CompiledGraph> Run(
        string name, IReadOnlyList<(Graph Graph, GeneratedProgram Program)> programs, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var assembly = RoslynCompiler.Compile(
            name,
            [.. programs.Select(static each => each.Program.Source)],
            isDebuggable: false,
            new DebugOptions(),
            cancellation);
        var roslyn = watch.Elapsed;
        var modules = KernelModule.Load(name, assembly, [.. programs.Select(static each => each.Program.ClassName)]);
        var report = new CompileReport(TimeSpan.Zero, TimeSpan.Zero, roslyn, watch.Elapsed - roslyn);
        return
        [
            .. programs.Zip(modules).Select(each => new CompiledGraph(
                each.First.Graph, each.First.Program, each.Second, report, wasCached: false, workers: null)),
        ];
    }
}
