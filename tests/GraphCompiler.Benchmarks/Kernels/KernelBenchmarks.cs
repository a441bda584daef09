using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace GraphCompiler.Benchmarks.Kernels;

/// <summary>Parts of the runtime alone, while they are being written.</summary>
internal static class KernelBenchmarks
{
    // In this process: a project made for each benchmark would have to be restored and built.
    public static void Run(string filter)
    {
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "GraphCompiler.Benchmarks"));
        BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmarks).Assembly).Run(["--filter", filter], config);
    }
}
