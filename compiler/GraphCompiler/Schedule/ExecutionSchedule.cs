using System.Collections.Immutable;

namespace GraphCompiler.Schedule;

/// <summary>Which kernels run in which order on which memory: what is left to do is to write them.</summary>
internal sealed class ExecutionSchedule(Legalizer legal, ImmutableArray<Group> groups, IReadOnlyDictionary<Tensor, Storage> storage, IReadOnlySet<Tensor> inPlace)
{
    public Legalizer Legal => legal;

    /// <summary>When kernels split their work.</summary>
    public SplitPolicy Split { get; init; } = SplitPolicy.Default;

    /// <summary>What kernels are shaped for.</summary>
    public Target Target { get; init; } = Target.Avx2;

    /// <summary>
    /// Whether all floating values are memory of their own until the end, and variables change only after that: for a look
    /// at every value between.
    /// </summary>
    public bool KeepsValues { get; init; }

    /// <summary>In order of execution.</summary>
    public ImmutableArray<Group> Groups => groups;

    /// <summary>Memory of every tensor that has some.</summary>
    public IReadOnlyDictionary<Tensor, Storage> Storage => storage;

    /// <summary>Values that are written over the variable that they update.</summary>
    public IReadOnlySet<Tensor> InPlace => inPlace;

    /// <summary>Tensors of a group that become memory, in declaration order.</summary>
    public IEnumerable<Tensor> StoresOf(Group group) =>
        group.Nodes.SelectMany(static n => n.Results).Where(storage.ContainsKey);
}
