using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Schedule;

namespace GraphCompiler.Tests.Schedule;

/// <summary>A graph as far as its kernels, with the figures that one asks of them.</summary>
internal sealed class Planned
{
    public Planned(Graph graph)
    {
        Schedule = Scheduler.Run(Optimizer.Run(graph, graph.Outputs, graph.Updates, new OptimizerOptions()).Graph);
        Kernels = [.. Schedule.Groups.Select(g => KernelBuilders.Build(Schedule, g))];
        foreach (var kernel in Kernels)
        {
            KernelVerifier.Verify(kernel);
        }
    }

    public ExecutionSchedule Schedule { get; }

    public ImmutableArray<Kernel> Kernels { get; }

    /// <summary>Bytes that kernels read and write at the bounds of all symbols, each operand of each kernel once.</summary>
    public long Bytes => Kernels.Sum(Summary.Bytes);

    /// <summary>Nodes that only copy: views that had to become memory, results that somebody else's memory is.</summary>
    public int Copies => Schedule.Groups.SelectMany(static g => g.Nodes).Count(static n => n.Operator is CopyOp || n.Operator.IsView);

    /// <summary>Tensors that are written to memory.</summary>
    public IEnumerable<Tensor> Written => Schedule.Groups.SelectMany(Schedule.StoresOf);
}
