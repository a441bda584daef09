using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Compile;

/// <summary>From a graph to loaded code: generate, look in the cache, compile, load.</summary>
internal static class GraphCompilation
{
    public static CompiledGraph Run(
        Graph graph,
        CompileOptions options,
        Func<Graph, CompileOptions, CancellationToken, GeneratedProgram> generate,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers ?? 1, 1);
        cancellation.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        var program = generate(graph, options, cancellation);
        CheckBytes(program, options);
        var generated = Lap(watch);

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(program.Source)));
        var name = $"{program.ClassName[(program.ClassName.LastIndexOf('.') + 1)..]}.{key.AsSpan(0, 16)}";
        var cache = Lap(watch);
        var assembly = RoslynCompiler.Compile(name, program.Source, options.Debuggable, options.Debug, cancellation);
        var roslyn = Lap(watch);

        var module = KernelModule.Load(name, assembly, program.ClassName);
        var report = new CompileReport(generated, cache, roslyn, Lap(watch));
        return new CompiledGraph(graph, program, module, report, wasCached: false, options.Workers);
    }

    private static void CheckBytes(GeneratedProgram program, CompileOptions options)
    {
        var workers = Math.Min(options.Workers ?? int.MaxValue, Math.Min(program.Parallelism, WorkerTeam.Shared.Size));
        var bytes = program.Layout.TotalBytes(workers);
        if (bytes > options.MaxBytes)
        {
            throw new GraphException(
                "GRC0440",
                $"Compile requires a plan of at most {nameof(CompileOptions.MaxBytes)} = {options.MaxBytes} bytes: " +
                $"\"{program.Layout.Name}\" needs {bytes} with {workers} worker(s)");
        }
    }

    private static TimeSpan Lap(Stopwatch watch)
    {
        var elapsed = watch.Elapsed;
        watch.Restart();
        return elapsed;
    }
}
