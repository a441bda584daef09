using System.Collections.Immutable;
using GraphCompiler.Operators;

namespace GraphCompiler.Optimize;

/// <summary>
/// Inputs whose shape gives symbols their values. One that nothing reads any more stays in the graph where a symbol that
/// is still used would otherwise have no value.
/// </summary>
internal static class SymbolInputs
{
    /// <summary>All inputs of a graph that have a symbol as an extent, in declaration order.</summary>
    public static ImmutableArray<Tensor> Of(Graph graph) =>
        [.. graph.Nodes.Where(static n => n.Operator is InputOp && Determined(n.Results[0]).Any()).Select(static n => n.Results[0])];

    /// <summary>Those of <paramref name="candidates"/> that the roots need for nothing but the values of symbols.</summary>
    public static ImmutableArray<Tensor> Missing(ImmutableArray<Tensor> roots, ImmutableArray<Tensor> candidates)
    {
        if (candidates.IsEmpty)
        {
            return [];
        }

        var live = Traversal.Ancestors(roots);
        var used = new HashSet<Symbol>();
        var known = new HashSet<Symbol>();
        foreach (var node in live)
        {
            Note(node, used, known);
        }

        var kept = ImmutableArray.CreateBuilder<Tensor>();
        for (var next = candidates.FirstOrDefault(Helps); next is not null; next = candidates.FirstOrDefault(Helps))
        {
            kept.Add(next);
            Note(next.Node, used, known);
        }

        return kept.ToImmutable();

        bool Helps(Tensor input) => Determined(input).Any(symbol => used.Contains(symbol) && !known.Contains(symbol));
    }

    private static IEnumerable<Symbol> Determined(Tensor input) =>
        input.Shape.Where(static d => d is { Factor: 1, Symbols.Length: 1 }).Select(static d => d.Symbols[0]);

    private static void Note(Node node, HashSet<Symbol> used, HashSet<Symbol> known)
    {
        foreach (var dim in node.Results.SelectMany(static r => r.Shape))
        {
            used.UnionWith(dim.Symbols);
        }

        if (node.Operator is ExtentOp extent)
        {
            used.UnionWith(extent.Extent.Symbols);
        }
        else if (node.Operator is InputOp)
        {
            known.UnionWith(Determined(node.Results[0]));
        }
    }
}
