namespace GraphCompiler.Kernels;

/// <summary>What a statement computes: its own node, and those whose values are parts of its expressions.</summary>
internal static class ComputedNodes
{
    /// <summary>The node of the statement first; none twice. Those of statements within are theirs.</summary>
    public static IReadOnlyList<Node> Of(KernelStatement statement)
    {
        List<Node> nodes = statement.Node is { } own ? [own] : [];
        switch (statement)
        {
            case LetStatement let:
                Add(let.Value, nodes);
                break;
            case StoreStatement store:
                Add(store.Value, nodes);
                break;
            case AccumulateStatement accumulate:
                Add(accumulate.Value, nodes);
                break;
        }

        return nodes;
    }

    /// <summary>Those of an expression.</summary>
    public static IReadOnlyList<Node> Of(KernelExpr expr)
    {
        var nodes = new List<Node>();
        Add(expr, nodes);
        return nodes;
    }

    private static void Add(KernelExpr expr, List<Node> nodes)
    {
        nodes.AddRange(expr.Nodes.Where(n => !nodes.Contains(n)));
        switch (expr)
        {
            case UnaryExpr u:
                Add(u.X, nodes);
                break;
            case BinaryExpr b:
                Add(b.A, nodes);
                Add(b.B, nodes);
                break;
            case FmaExpr f:
                Add(f.A, nodes);
                Add(f.B, nodes);
                Add(f.C, nodes);
                break;
            case SelectExpr s:
                Add(s.Condition, nodes);
                Add(s.WhenTrue, nodes);
                Add(s.WhenFalse, nodes);
                break;
            case CastExpr c:
                Add(c.X, nodes);
                break;
            case LoadExpr { Access.Indirect: { } coordinate }:
                Add(coordinate, nodes);
                break;
        }
    }
}
