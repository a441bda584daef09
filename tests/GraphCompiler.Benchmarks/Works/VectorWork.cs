namespace GraphCompiler.Benchmarks.Works;

/// <summary>Work that memory limits, not arithmetic: its time, and how many bytes a second that is.</summary>
/// <param name="name">The first part of its metrics.</param>
/// <param name="idealBytes">What kernels move that read their operands and write their results once.</param>
internal abstract class VectorWork(string name, long idealBytes) : Work(name)
{
    public override long MovedBytes => idealBytes;

    public override IEnumerable<(string Metric, double Value)> Figures(double seconds) =>
        [($"{Name}:ms", seconds * 1e3), ($"{Name}:GB/s", idealBytes / seconds / 1e9)];
}
