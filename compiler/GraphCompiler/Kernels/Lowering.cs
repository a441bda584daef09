using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>How a result comes to be: what an operator answers to the scheduler. A closed set of forms.</summary>
internal abstract class Lowering;

/// <summary>Each element is an expression of elements of the inputs: fuses with its neighbours.</summary>
internal sealed class PointLowering(KernelExpr value) : Lowering
{
    public KernelExpr Value => value;
}

/// <summary>
/// No computation: an element of the result is the element of the input at a mapped index. Strides change, memory does not.
/// </summary>
internal sealed class ViewLowering(Func<ImmutableArray<AffineIndex>, ImmutableArray<AffineIndex>> map) : Lowering
{
    /// <summary>Index of the result to index of the input.</summary>
    public ImmutableArray<AffineIndex> Map(ImmutableArray<AffineIndex> index) => map(index);
}

/// <summary>The same elements in the same row-major order under other extents.</summary>
internal sealed class ReshapeLowering : Lowering;

/// <summary>Combines the elements of the input along axes; the other axes remain.</summary>
internal sealed class ReduceLowering(Combine combine, ImmutableArray<int> axes) : Lowering
{
    public Combine Combine => combine;

    /// <summary>Reduced axes of the input, ascending.</summary>
    public ImmutableArray<int> Axes => axes;
}

/// <summary>A sum of products over contracted axes: the blocked, register-tiled template.</summary>
internal sealed class ContractLowering(ContractionAxes axes) : Lowering
{
    public ContractionAxes Axes => axes;
}

/// <summary>Which axes of two operands are batch, contracted, and free: the result is [batch…, free of A…, free of B…].</summary>
internal sealed record ContractionAxes(
    EquatableArray<int> BatchA, EquatableArray<int> BatchB, EquatableArray<int> ContractA, EquatableArray<int> ContractB)
{
    /// <summary>Axes of A that are neither batch nor contracted, ascending.</summary>
    public ImmutableArray<int> FreeA(int rank) => [.. Enumerable.Range(0, rank).Where(a => !BatchA.Contains(a) && !ContractA.Contains(a))];

    /// <summary>Axes of B that are neither batch nor contracted, ascending.</summary>
    public ImmutableArray<int> FreeB(int rank) => [.. Enumerable.Range(0, rank).Where(a => !BatchB.Contains(a) && !ContractB.Contains(a))];
}

/// <summary>The result is put together from boxes, each copied from an input; where no box is, a fill value stands.</summary>
internal sealed class RegionsLowering(ImmutableArray<Region> regions, double? fill) : Lowering
{
    public ImmutableArray<Region> Regions => regions;

    /// <summary>What stands outside of all regions, or null when they cover the result.</summary>
    public double? Fill => fill;
}

/// <summary>A whole input, at <paramref name="Start"/> + <paramref name="Step"/> · index along each axis of the result.</summary>
internal sealed record Region(int Input, ImmutableArray<Dim> Start, ImmutableArray<long> Step);

/// <summary>Loops of the operator's own, for what the other forms cannot say (selection, scattering). Inputs are in memory.</summary>
internal sealed class NestLowering(Action<NestScope> build) : Lowering
{
    public void Build(NestScope scope) => build(scope);
}

/// <summary>How a reduction combines: an associative operation, its identity, and the machine operation.</summary>
internal enum Combine
{
    Sum,
    Max,
    Min,
}
