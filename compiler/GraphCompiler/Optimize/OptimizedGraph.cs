namespace GraphCompiler.Optimize;

/// <summary>The graph that is compiled, and where the user's tensors are in it.</summary>
/// <param name="Graph">Only what outputs and updates need.</param>
/// <param name="Map">Tensor of the user's graph → tensor of <paramref name="Graph"/> with its value.
/// Those without an entry are not computed any more.</param>
internal sealed record OptimizedGraph(Graph Graph, IReadOnlyDictionary<Tensor, Tensor> Map);
