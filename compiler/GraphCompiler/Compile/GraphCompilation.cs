using System.Diagnostics;
using System.Text;
using GraphCompiler.CodeGen;
using GraphCompiler.Diagnostics;
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
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers ?? 1, 1, nameof(options));
        CheckOutputs(graph, options);
        cancellation.ThrowIfCancellationRequested();
        var (watch, allocated) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        var program = generate(graph, options, cancellation);
        CheckBytes(program, options);
        var tiles = KernelModule.Prepare(program.Tiles);
        var generated = Lap(watch);

        var key = CacheKey.Of(program.Source, options.Target.Resolve(), options.Debuggable);
        var name = $"{program.ClassName[(program.ClassName.LastIndexOf('.') + 1)..]}.{key.AsSpan(0, 16)}";
        var cache = KernelCache.Open(CacheDirectory.Resolve(options.CacheDirectory));
        var cached = cache?.Read(key);
        var lookup = Lap(watch);

        var assembly = cached
            ?? RoslynCompiler.Compile(name, program.Source, options.Debuggable, options.Debug, cancellation);
        var roslyn = cached is null ? Lap(watch) : TimeSpan.Zero;
        cancellation.ThrowIfCancellationRequested();

        var module = KernelModule.Load(name, assembly, program.ClassName);
        module.Prepare(tiles);
        var load = Lap(watch);
        if (cached is null)
        {
            // Once it is known to load; what does not is not to be met again at the next start.
            cache?.Write(key, assembly);
            lookup += Lap(watch);
        }

        options.Debug.Stage(cached is null ? "compile" : "cache", lookup + roslyn + load);
        var report = new CompileReport(generated, lookup, roslyn, load)
        {
            Name = graph.Name,
            Stages = program.Stages,
            WasGraphCached = program.Stages.IsEmpty,
            WereKernelsCached = cached is not null,
            Nodes = graph.Nodes.Count,
            Kernels = program.KernelCount,
            KernelMethods = program.KernelMethodCount,
            SourceBytes = Encoding.UTF8.GetByteCount(program.Source),
            AssemblyBytes = assembly.Image.Length,
            ExecutionBytes = program.Layout.ExecutionBytes(1),
            Live = () => program.LiveBytes(1),
            VariableBytes = program.Layout.VariableBytes,
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocated,
        };
        options.Debug.Dump("90-report.txt", report.ToString, DebugLevel.Timings);
        try
        {
            return new CompiledGraph(graph, program, module, report, wasCached: cached is not null, options.Workers);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    public static void CheckOutputs(Graph graph, CompileOptions options)
    {
        var declared = options.Outputs is null ? [] : graph.Outputs.Select(static output => output.Tensor).ToHashSet();
        foreach (var tensor in options.Outputs ?? [])
        {
            if (!declared.Contains(tensor))
            {
                throw new GraphException(
                    "GRC0444",
                    $"Compile requires outputs that graph \"{graph.Name}\" declares: " +
                    $"{tensor.Describe()} is none of them");
            }
        }
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
