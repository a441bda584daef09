using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime.Threading;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.CodeGen;

/// <summary>
/// The register tiles that a program will call, as far as extents tell: whole ones and those at the edges. Made ready while
/// its variables and inputs are, they need not be waited for in the first run, which alone would make one after the other.
/// </summary>
internal static class TileUses
{
    public static ImmutableArray<TileUse> Of(IEnumerable<Kernel> kernels, CodeTarget target) =>
        [.. kernels.SelectMany(static k => k.Statements).SelectMany(Contractions).SelectMany(c => Of(c, target)).Distinct()];

    private static IEnumerable<ContractStatement> Contractions(KernelStatement statement) => statement switch
    {
        ContractStatement contract => [contract],
        ForStatement loop => loop.Body.SelectMany(Contractions),
        _ => [],
    };

    private static IEnumerable<TileUse> Of(ContractStatement c, CodeTarget target)
    {
        if (c.IsRow)
        {
            yield break; // a method of its own
        }

        // As the nest steps: packed panels are full, otherwise all tiles are a little shorter rather than the last one much.
        var isFull = c.PackedA is not null && !c.GoesAlongRows;
        var rows = Parts(c.M, c.TileRows, isFull ? c.TileRows : null);
        foreach (var columns in Parts(c.N, c.TileColumns, c.TileColumns))
        {
            foreach (var count in rows)
            {
                yield return new TileUse(8 * target.Bytes, c.TileBuffer.Type, count, columns);
            }
        }
    }

    // What a step covers, and what is left at the end; of a symbol's extent only the former is known.
    private static List<int> Parts(Axis? axis, int most, int? step)
    {
        if (axis is null)
        {
            return [1];
        }

        if (!axis.Extent.IsConstant)
        {
            return [most];
        }

        var extent = axis.Extent.Factor;
        var size = (int)Math.Min(extent, step ?? Partition.Even((nint)extent, most));
        return size == 0 ? [] : extent % size == 0 ? [size] : [size, (int)(extent % size)];
    }
}
