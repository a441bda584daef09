namespace GraphCompiler.Schedule;

/// <summary>
/// The order in which nodes are put into groups: declaration order, but for scalars that need nothing but leaves and such
/// scalars. They come first. What is made of a step's counter, the rates of an update for instance, then stands before
/// every group that takes it, wherever it was declared: an update stays in the kernel that makes its gradient.
/// </summary>
internal static class VisitingOrder
{
    public static IEnumerable<Node> Of(Legalizer legal)
    {
        var (early, others) = (new HashSet<Node>(), new List<Node>());
        foreach (var node in legal.Nodes.Where(n => legal.Forms[n] > NodeForm.View))
        {
            if (legal.Forms[node] == NodeForm.Pointwise && node.Results[0].Rank == 0
                && MemoryReads.Of(legal, node).All(t => legal.Forms[t.Node] <= NodeForm.View || early.Contains(t.Node)))
            {
                early.Add(node);
                yield return node;
            }
            else
            {
                others.Add(node);
            }
        }

        foreach (var node in others)
        {
            yield return node;
        }
    }
}
