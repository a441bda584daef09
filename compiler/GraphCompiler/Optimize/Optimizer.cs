using System.Collections.Immutable;

namespace GraphCompiler.Optimize;

/// <summary>
/// Rebuilds what outputs and updates need into a fresh graph: dead nodes vanish, equal ones merge, and every node is
/// rewritten by the laws of its operator (<see cref="Operators.Operator.Rewrites"/>) and of <see cref="RuleTable"/>
/// until none applies. No law changes a value: not a rounding, not the sign of a zero, no ∞, nor whether it is NaN.
/// </summary>
/// <remarks>
/// One pass in declaration order. Whether a law applies depends on a node and what it is computed from, never on who
/// reads it, so a second run finds nothing to do.
/// </remarks>
internal static class Optimizer
{
    /// <summary>Optimizes what a run needs. <paramref name="graph"/> is left as it is.</summary>
    /// <param name="graph">The user's graph.</param>
    /// <param name="outputs">Qualified names and tensors of <paramref name="graph"/> that a run returns.</param>
    /// <param name="updates">Variables of <paramref name="graph"/> and the values that they take.</param>
    /// <param name="options">Rules that are off, and who is told of rewrites.</param>
    /// <returns>A graph of the same name, with these outputs and updates.</returns>
    /// <exception cref="Diagnostics.InternalCompilerException">A rule changed a type, failed, or the rules do not come to an end.</exception>
    public static OptimizedGraph Run(
        Graph graph,
        IReadOnlyList<(string Name, Tensor Tensor)> outputs,
        IReadOnlyList<(Tensor Variable, Tensor Value)> updates,
        OptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ImmutableArray<Tensor> roots = [.. outputs.Select(static o => o.Tensor), .. updates.SelectMany(static u => new[] { u.Variable, u.Value })];
        foreach (var root in roots)
        {
            graph.Own(root, Origin.None);
        }

        var symbolInputs = SymbolInputs.Of(graph);
        var scratch = new Graph(graph.Name);
        var settled = Rewrite(graph, Traversal.Ancestors([.. roots, .. symbolInputs]), scratch, options);
        ImmutableArray<Tensor> settledRoots = [.. roots.Select(settled.Of)];
        var needed = Traversal.Ancestors([.. settledRoots, .. SymbolInputs.Missing(settledRoots, [.. symbolInputs.Select(settled.Of)])]);

        // Where rewriting left nothing behind, a copy would be the same graph again.
        var isWhole = needed.Count == scratch.Nodes.Count;
        var rebuilt = isWhole ? scratch : new Graph(graph.Name);
        var optimized = new OptimizedGraph(rebuilt, settled, isWhole ? null : Copy(needed, rebuilt));

        CopyNames(graph, optimized);
        foreach (var (name, tensor) in outputs)
        {
            rebuilt.AddOutput(name, optimized.Find(tensor)!);
            optimized.Find(tensor)!.AddName(name);
        }

        foreach (var (variable, value) in updates)
        {
            rebuilt.AddUpdate(optimized.Find(variable)!, optimized.Find(value)!);
        }

        return optimized;
    }

    /// <summary>Where each tensor's value is in a graph that also holds what the rewriting left behind.</summary>
    private static NodeMap<ImmutableArray<Tensor>> Rewrite(Graph graph, List<Node> nodes, Graph scratch, OptimizerOptions options)
    {
        scratch.EnsureCapacity(nodes.Count);
        var rewriter = new Rewriter(scratch, options);
        var settled = new NodeMap<ImmutableArray<Tensor>>(graph.Nodes.Count);
        foreach (var node in nodes)
        {
            var first = scratch.Nodes.Count;
            var added = Add(scratch, node, settled);
            var results = options.Enabled ? rewriter.Settle(added) : added.Results;
            settled.Add(node, results);
            foreach (var result in results)
            {
                CopyOrigins(node, result.Node);
            }

            // What rules put between stems from the same line.
            for (var id = first; id < scratch.Nodes.Count; id++)
            {
                if (scratch.Nodes[id].Origins.Count == 0)
                {
                    CopyOrigins(node, scratch.Nodes[id]);
                }
            }
        }

        return settled;
    }

    private static NodeMap<ImmutableArray<Tensor>> Copy(List<Node> nodes, Graph into)
    {
        into.EnsureCapacity(nodes.Count);
        var copies = new NodeMap<ImmutableArray<Tensor>>(nodes.Count);
        foreach (var node in nodes)
        {
            var copy = Add(into, node, copies);
            CopyOrigins(node, copy);
            copies.Add(node, copy.Results);
        }

        return copies;
    }

    private static Node Add(Graph graph, Node node, NodeMap<ImmutableArray<Tensor>> map) =>
        LeafNames.Of(node.Operator) is { } leaf
            ? graph.AddLeaf(node.Operator, leaf, Origin.None).Node
            : graph.Add(node.Operator, ImmutableArray.CreateRange(node.Inputs, static (input, m) => m.Of(input), map), Origin.None);

    private static Tensor Of(this NodeMap<ImmutableArray<Tensor>> map, Tensor tensor) => map[tensor.Node][tensor.Index];

    private static void CopyOrigins(Node from, Node to)
    {
        // What the forward pass computes stays its own, whoever else uses it.
        if (to.Origins.Count == 0 || (from.Provenance.Step is null && to.Provenance.Step is not null))
        {
            to.Provenance = from.Provenance;
        }

        to.AddOriginsOf(from);
    }

    // In the order in which they were given, so that the first name of a tensor stays the first: a leaf's own name, which
    // came with the leaf, takes its place in that order too.
    private static void CopyNames(Graph from, OptimizedGraph optimized)
    {
        var to = optimized.Graph;
        to.NameLog.Clear();
        var logged = new HashSet<Tensor>();
        foreach (var (name, old) in from.NameLog)
        {
            if (optimized.Find(old) is not { } tensor)
            {
                continue;
            }

            if (LeafNames.Of(tensor.Node.Operator) == name && logged.Add(tensor))
            {
                to.NameLog.Add((name, tensor));
            }

            tensor.AddName(name);
        }
    }
}
