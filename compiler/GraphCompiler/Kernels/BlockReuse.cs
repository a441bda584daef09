using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// Whether a result may take over the block of an operand that is read for the last time: every access to the operand is
/// at the very place that the result is written to, so an element is read before it is overwritten.
/// </summary>
internal sealed class BlockReuse
{
    private readonly Kernel _kernel;
    private readonly IReadOnlyList<Access> _accesses;

    public BlockReuse(Kernel kernel) => (_kernel, _accesses) = (kernel, new AccessCollector(kernel.Statements).Accesses);

    /// <summary>Only kernels of a single nest qualify: passes over a line read again what an earlier one wrote.</summary>
    public static bool AppliesTo(Group group) => group.Kind is GroupKind.Pointwise or GroupKind.Contraction && group.Space.Rank > 0;

    public bool CanTakeOver(Tensor result, Tensor operand)
    {
        if (result.Type.Bytes != operand.Type.Bytes || result.DType.Size() != operand.DType.Size())
        {
            return false;
        }

        var target = AccessesOf(result).ToList();
        return target.Count > 0 && AccessesOf(operand).All(read => target.All(write => SamePlace(read, write)));
    }

    private IEnumerable<Access> AccessesOf(Tensor tensor)
    {
        KernelBuffer[] buffers = [.. _kernel.Parameters.Where(p => ReferenceEquals(p.Tensor, tensor)).Select(static p => p.Buffer)];
        return _accesses.Where(a => buffers.Contains(a.Buffer));
    }

    private static bool SamePlace(Access a, Access b) =>
        a.Indirect is null && b.Indirect is null && a.Offset.Equals(b.Offset) && a.Terms.Length == b.Terms.Length
        && a.Terms.All(t => b.StrideOf(t.Axis) == t.Coefficient);
}
