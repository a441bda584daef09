using System.Collections.Immutable;
using GraphCompiler.Kernels;

namespace GraphCompiler.Schedule;

/// <summary>
/// Moves cheap work from where its operands were made to the one group that wants it, when the operands are memory
/// anyway: a mask or a masked value then never becomes memory.
/// </summary>
internal sealed class Sinking(GroupTable table)
{
    public void Run()
    {
        var readers = Readers();
        foreach (var group in Enumerable.Reverse(table.Groups))
        {
            foreach (var node in Enumerable.Reverse(group.Nodes.ToArray()))
            {
                if (group.Kind is GroupKind.Pointwise or GroupKind.Contraction && table.Legal.Forms[node] == NodeForm.Pointwise
                    && !table.Legal.Stored.Contains(node.Results[0]) && !node.Operator.IsView
                    && SoleReader(node, group, readers) is { } target && NodeForms.IsCheap(node) && OperandsAreMemory(node, group, readers))
                {
                    TrySink(node, target, readers[node]);
                }
            }
        }
    }

    private NodeMap<List<Node>> Readers()
    {
        var readers = new NodeMap<List<Node>>(table.Legal.Nodes.Count);
        foreach (var node in table.Legal.Nodes.Where(table.GroupOf.ContainsKey))
        {
            foreach (var tensor in table.MemoryInputs(node))
            {
                if (!readers.TryGetValue(tensor.Node, out var list))
                {
                    readers.Add(tensor.Node, list = []);
                }

                list.Add(node);
            }
        }

        return readers;
    }

    private Group? SoleReader(Node node, Group group, NodeMap<List<Node>> readers)
    {
        if (!readers.TryGetValue(node, out var list))
        {
            return null;
        }

        var target = table.GroupOf[list[0]];
        return target != group && target.Kind <= GroupKind.Contraction && list.All(r => table.GroupOf[r] == target) ? target : null;
    }

    private bool OperandsAreMemory(Node node, Group group, NodeMap<List<Node>> readers) =>
        table.MemoryInputs(node).All(t => !group.Contains(t.Node) || table.Legal.Stored.Contains(t)
            || readers[t.Node].Any(r => !ReferenceEquals(r, node) && table.GroupOf[r] != group));

    private void TrySink(Node node, Group target, List<Node> readers)
    {
        foreach (var level in (ReadOnlySpan<Level>)[Level.Point, Level.Row])
        {
            if (target.Nodes.Count < Grouping.MaxNodes && GroupTable.Exists(target, level) && table.Fits(node, node.Results[0].Shape, target, level)
                && target.IndexOf(node.Results[0].Shape, level, target.Axes) is { } own && readers.All(r => table.ReadsAt(r, node, level, target, own)))
            {
                table.GroupOf[node].Refuse(node, Refusal.Sunk);
                table.Move(node, target, level);
                return;
            }
        }
    }
}
