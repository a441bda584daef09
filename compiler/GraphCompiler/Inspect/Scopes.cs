using GraphCompiler.Optimize;

namespace GraphCompiler.Inspect;

/// <summary>
/// The scope in which each node is shown: where it was declared; failing that, the path in its own name; and for what
/// belongs to the update of one variable, where the variable was declared.
/// </summary>
internal static class Scopes
{
    /// <summary>For each node of a graph, by its id.</summary>
    public static string[] Of(Graph graph, Direction[] directions)
    {
        var scopes = graph.Nodes.Select(Own).ToArray();
        var wanted = new string?[scopes.Length];
        foreach (var (variable, value) in graph.Updates)
        {
            Want(value.Node, scopes[variable.Node.Id]);
        }

        for (var id = scopes.Length - 1; id >= 0; id--)
        {
            if (directions[id] != Direction.Update)
            {
                continue;
            }

            if (scopes[id].Length == 0)
            {
                scopes[id] = wanted[id] ?? "";
            }

            foreach (var input in graph.Nodes[id].Inputs)
            {
                Want(input.Node, scopes[id]);
            }
        }

        return scopes;

        // Of two that want it, neither gets it.
        void Want(Node node, string scope) => wanted[node.Id] = wanted[node.Id] is { } other && other != scope ? "" : scope;
    }

    private static string Own(Node node)
    {
        if (node.Provenance.Scope.Length > 0)
        {
            return node.Provenance.Scope;
        }

        var path = node.Results[0].Names.FirstOrDefault(static n => n.Contains('/', StringComparison.Ordinal)) ?? "";
        return Parent(node.Operator is Operators.VariableOp { IsState: true } && LeafNames.Of(node.Operator) == path ? Parent(path) : path);
    }

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
}
