using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Schedule;

namespace GraphCompiler.Inspect;

/// <summary>Why two kernels are two: what the scheduler said where one reads what the other makes.</summary>
/// <param name="legal">Which nodes read what.</param>
/// <param name="steps">The kernels.</param>
/// <param name="kernelOf">Which of them computes a node.</param>
internal sealed class FusionEdges(Legalizer legal, ImmutableArray<ProgramStep> steps, IReadOnlyDictionary<Node, int> kernelOf)
{
    /// <summary>What the node was offered to that a kernel was begun for.</summary>
    public ImmutableArray<FusionRefusal> Opening(int kernel) =>
        steps[kernel].Group is { Opening: { } opening } group && group.Contains(opening.Node)
            ? [.. opening.Refusals.Select(r => Of(opening.Node, r.Group, r.Why))]
            : [];

    /// <summary>One for each tensor that a kernel reads of another, where the reason is known; none of them twice.</summary>
    public ImmutableArray<FusionRefusal> Between(int kernel)
    {
        var seen = Opening(kernel).Select(static r => (r.NodeId, r.Kernel)).ToHashSet();
        var group = steps[kernel].Group;
        var reads = group.Nodes.SelectMany(n => MemoryReads.Of(legal, n).Select(t => (Tensor: t, Reader: n)))
            .Where(r => kernelOf.TryGetValue(r.Tensor.Node, out var maker) && maker != kernel);
        var edges = ImmutableArray.CreateBuilder<FusionRefusal>();
        foreach (var edge in reads.GroupBy(static r => r.Tensor, static r => r.Reader))
        {
            if (Reason([.. edge.Distinct()], kernelOf[edge.Key.Node], kernel) is { } reason && seen.Add((reason.NodeId, reason.Kernel)))
            {
                edges.Add(reason);
            }
        }

        return edges.ToImmutable();
    }

    // What was said, then what follows from the order of asking: a node is offered to the last kernel that it reads.
    private FusionRefusal? Reason(Node[] readers, int maker, int kernel)
    {
        var group = steps[maker].Group;
        foreach (var reader in readers)
        {
            if (group.Refused.TryGetValue(reader, out var why))
            {
                return Of(reader, group, why);
            }
        }

        foreach (var reader in readers)
        {
            if (legal.Forms[reader] is not (NodeForm.Pointwise or NodeForm.Reduction))
            {
                return Of(reader, group, Refusal.BeginsKernel);
            }

            if (MemoryReads.Of(legal, reader).FirstOrDefault(t => IsLater(t.Node, group)) is { } operand)
            {
                var there = kernelOf[operand.Node];
                var reason = RefusalText.OfLater(operand, there == kernel ? "its own kernel" : $"kernel {there}");
                return new FusionRefusal(reader.Results[0].Display, reader.Id, maker, nameof(Refusal.ReadsLater), reason);
            }
        }

        return null;
    }

    private bool IsLater(Node node, Group group) => kernelOf.TryGetValue(node, out var there) && steps[there].Group.Position > group.Position;

    private FusionRefusal Of(Node node, Group group, Refusal why) => new(
        node.Results[0].Display,
        node.Id,
        group.Nodes.Count > 0 && kernelOf.TryGetValue(group.Nodes[0], out var step) ? step : null,
        why.ToString(),
        RefusalText.Of(why, node, group, legal.Forms[node]));
}
