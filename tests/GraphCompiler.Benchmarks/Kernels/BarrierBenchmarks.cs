using BenchmarkDotNet.Attributes;
using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Benchmarks.Kernels;

/// <summary>Threads that meet: a step of a team, and a barrier within it. The process must have as many cores.</summary>
public class BarrierBenchmarks : IDisposable
{
    private const int Waits = 1000;

    private readonly StepBarrier _barrier = new();
    private WorkerTeam? _team;
    private Body? _empty;
    private Body? _waiting;

    [Params(1, 2)]
    public int Workers { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _team = new WorkerTeam(Workers);
        _empty = new Body(_barrier, 0);
        _waiting = new Body(_barrier, Waits);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _team?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Step() => _team!.Run(_empty!, Workers, _barrier);

    [Benchmark(OperationsPerInvoke = Waits)]
    public void Wait() => _team!.Run(_waiting!, Workers, _barrier);

    private sealed class Body(StepBarrier barrier, int waits) : IWorkerBody
    {
        public void Execute(int worker, int workers)
        {
            for (var i = 0; i < waits; i++)
            {
                barrier.Wait();
            }
        }
    }
}
