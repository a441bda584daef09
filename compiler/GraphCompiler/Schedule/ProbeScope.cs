using System.Collections.Immutable;
using GraphCompiler.Kernels;

namespace GraphCompiler.Schedule;

/// <summary>Lowers with stand-ins for the inputs: enough to see the form, the cost, and which inputs are read by data-dependent index.</summary>
internal sealed class ProbeScope(Node node) : LoweringScope(node, [.. node.Results[0].Shape.Select(static d => (AffineIndex)new Axis("probe", d))])
{
    private SortedSet<int>? _indirect;

    /// <summary>Inputs of which any element may be read.</summary>
    public IReadOnlyCollection<int> Indirect => _indirect ?? [];

    public override KernelExpr Read(int input, ImmutableArray<AffineIndex> at) => new ConstantExpr(Node.Inputs[input].DType, 0);

    public override KernelExpr ReadIndirect(int input, ImmutableArray<AffineIndex> at, int axis, KernelExpr coordinate)
    {
        (_indirect ??= []).Add(input);
        var buffer = new KernelBuffer("probe", Node.Inputs[input].DType, Node.Inputs[input].Shape);
        return new LoadExpr(new Access(buffer, [], ImmutableSum.Zero, coordinate, 1));
    }
}
