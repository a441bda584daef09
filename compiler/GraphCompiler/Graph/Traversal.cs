namespace GraphCompiler;

/// <summary>Iterative walks in declaration order: no recursion, no order that depends on hashing.</summary>
internal static class Traversal
{
    /// <summary>Every node that the roots depend on, their own included, inputs first.</summary>
    /// <param name="roots">Tensors of one graph.</param>
    public static List<Node> Ancestors(IReadOnlyCollection<Tensor> roots)
    {
        if (roots.Count == 0)
        {
            return [];
        }

        // Inputs are declared before their readers: on the way down, all readers of a node are seen before it.
        var all = roots.First().Graph.Nodes;
        var last = 0;
        foreach (var root in roots)
        {
            last = Math.Max(last, root.Node.Id);
        }

        var isNeeded = new bool[last + 1];
        foreach (var root in roots)
        {
            isNeeded[root.Node.Id] = true;
        }

        var count = 0;
        for (var id = isNeeded.Length - 1; id >= 0; id--)
        {
            if (isNeeded[id])
            {
                count++;
                foreach (var input in all[id].Inputs)
                {
                    isNeeded[input.Node.Id] = true;
                }
            }
        }

        var nodes = new List<Node>(count);
        for (var id = 0; id < isNeeded.Length; id++)
        {
            if (isNeeded[id])
            {
                nodes.Add(all[id]);
            }
        }

        return nodes;
    }
}
