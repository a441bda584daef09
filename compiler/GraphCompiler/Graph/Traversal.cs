namespace GraphCompiler;

/// <summary>Iterative walks in declaration order: no recursion, no order that depends on hashing.</summary>
internal static class Traversal
{
    /// <summary>Every node that the roots depend on, their own included, inputs first.</summary>
    public static List<Node> Ancestors(IEnumerable<Tensor> roots)
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>();
        foreach (var root in roots)
        {
            pending.Push(root.Node);
        }

        var nodes = new List<Node>();
        while (pending.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            nodes.Add(node);
            foreach (var input in node.Inputs)
            {
                pending.Push(input.Node);
            }
        }

        nodes.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return nodes;
    }
}
