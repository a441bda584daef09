using GraphCompiler.Operators;

namespace GraphCompiler.Inspect;

/// <summary>
/// Tells forward, backward and update apart. What a gradient's rule made is backward. What was declared is forward where
/// it was differentiated, where a gradient needs it, or where an output needs it and no gradient is in it; update where
/// only updates need it; and backward where it is computed of gradients to be returned.
/// </summary>
internal static class Directions
{
    /// <summary>For each node of a graph, by its id.</summary>
    /// <param name="graph">Rewritten, or as it was declared.</param>
    /// <param name="find">Where tensors of the declared graph are in it; null: it is that graph.</param>
    public static Direction[] Of(Graph graph, Func<Tensor, Tensor?>? find = null)
    {
        var nodes = graph.Nodes;
        var isMade = nodes.Select(static n => n.Provenance.Step is not null).ToArray();
        var differentiated = new HashSet<Node>();
        foreach (var of in nodes.Select(static n => n.GradientOf?.Results[0]).OfType<Tensor>())
        {
            if ((find is null ? of : find(of)) is { } there)
            {
                differentiated.Add(there.Node);
            }
        }

        var afterGradient = new bool[nodes.Count];
        foreach (var node in nodes)
        {
            afterGradient[node.Id] = isMade[node.Id] || node.Inputs.Any(i => afterGradient[i.Node.Id]);
        }

        var forGradient = Ancestors(nodes.Where(n => isMade[n.Id] && n.Provenance.Step != GradientStep.Seed));
        var forOutput = Ancestors(graph.Outputs.Select(static o => o.Tensor.Node));
        var forUpdate = Ancestors(graph.Updates.Select(static u => u.Value.Node));
        return [.. nodes.Select(Direct)];

        Direction Direct(Node node)
        {
            if (isMade[node.Id])
            {
                return Direction.Backward;
            }

            if (differentiated.Contains(node) || forGradient.Contains(node) || (!afterGradient[node.Id] && (forOutput.Contains(node) || !forUpdate.Contains(node))))
            {
                return Direction.Forward;
            }

            return forUpdate.Contains(node) || node.Operator is CopyOp ? Direction.Update : Direction.Backward;
        }
    }

    private static HashSet<Node> Ancestors(IEnumerable<Node> nodes) => [.. Traversal.Ancestors([.. nodes.Select(static n => n.Results[0])])];
}
