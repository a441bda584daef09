using System.Collections.Immutable;

namespace GraphCompiler.Optimize;

/// <summary>The graph that is compiled, and where the user's tensors are in it.</summary>
/// <param name="graph">Only what outputs and updates need.</param>
/// <param name="settled">Node of the user's graph → its results after rewriting.</param>
/// <param name="copies">Node of the graph that was rewritten → its results in <paramref name="graph"/>; null where the two are one.</param>
internal sealed class OptimizedGraph(Graph graph, NodeMap<ImmutableArray<Tensor>> settled, NodeMap<ImmutableArray<Tensor>>? copies)
{
    public Graph Graph => graph;

    /// <summary>Where the value of a tensor of the user's graph is; null where it is not computed any more.</summary>
    public Tensor? Find(Tensor tensor)
    {
        var between = Find(tensor, settled);
        return between is null || copies is null ? between : Find(between, copies);
    }

    private static Tensor? Find(Tensor tensor, NodeMap<ImmutableArray<Tensor>> map) =>
        map.TryGetValue(tensor.Node, out var results) ? results[tensor.Index] : null;
}
