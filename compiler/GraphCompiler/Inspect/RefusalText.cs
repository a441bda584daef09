using System.Diagnostics;
using GraphCompiler.Schedule;

namespace GraphCompiler.Inspect;

/// <summary>Why nodes were not fused, as sentences.</summary>
internal static class RefusalText
{
    /// <summary>Why <paramref name="node"/> did not join <paramref name="group"/>.</summary>
    public static string Of(Refusal refusal, Node node, Group group, NodeForm form) => refusal switch
    {
        Refusal.TooManyNodes => $"it holds {Grouping.MaxNodes} nodes, as many as keep its method small enough for the JIT to optimise",
        Refusal.TooManyReads => $"it reads {Grouping.MaxReads} tensors, as many as a kernel may",
        Refusal.TooManyFunctions => $"it calls {Grouping.MaxFunctions} functions of vector math, as many as the JIT inlines",
        Refusal.Closed => $"a kernel of kind {group.Kind} takes no other work: nothing is computed at its points",
        Refusal.BeginsKernel => $"{Begins(form)} begins a kernel: what it reads must be complete and in memory",
        Refusal.OtherSpace => $"its loops go over {group.Space}, which {Shape(node, form)} does not fit",
        Refusal.NotThere => "it would read an element that is not there yet at its point: another one than the kernel is at, or a sum that is not complete",
        Refusal.OtherAxes => $"the kernel reduces axes [{string.Join(", ", group.Reduced)}], this node others",
        Refusal.OuterAxes => "a sum over outer axes would turn a walk along contiguous memory into a strided one",
        Refusal.TileByTile => "the result of a contraction is there tile by tile: a reduction needs whole rows",
        Refusal.Sunk => "it was moved to the only kernel that reads it, where it takes no memory: what it reads is memory anyway",
        _ => throw new UnreachableException($"{refusal}"),
    };

    /// <summary>Why a node did not join the kernel that made one of its operands, where it has another of a later kernel.</summary>
    public static string OfLater(Tensor operand, string kernel) =>
        $"it also reads {operand.Display} of {kernel}, and a node joins the last of the kernels that it reads, or none";

    /// <summary>Why a group was opened whose first node was offered to nobody.</summary>
    public static string OfNobodyAsked(NodeForm form) => form switch
    {
        NodeForm.Pointwise or NodeForm.Reduction => "it reads nothing that a kernel computed before it, and shares no memory with an earlier kernel over the same space",
        _ => $"{Begins(form)} begins a kernel",
    };

    private static string Begins(NodeForm form) => form switch
    {
        NodeForm.Contraction => "a contraction",
        NodeForm.Regions => "a result put together from boxes",
        NodeForm.Nest => "an operator with loops of its own",
        _ => "this node",
    };

    private static Shape Shape(Node node, NodeForm form) =>
        form == NodeForm.Reduction ? node.Inputs[0].Shape : node.Results[0].Shape;
}
