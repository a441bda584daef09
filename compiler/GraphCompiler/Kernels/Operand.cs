using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>A tensor in memory as a strided view: <c>element(i) = buffer[Σ stride[d]·i[d] + offset]</c>.</summary>
internal sealed record Operand(KernelBuffer Buffer, ImmutableArray<Dim> Strides, ImmutableSum Offset)
{
    /// <summary>The place of an index; the coordinate along <paramref name="indirectAxis"/> may be data.</summary>
    public Access At(ImmutableArray<AffineIndex> index, int indirectAxis = -1, KernelExpr? coordinate = null)
    {
        var place = new AffineIndex([], Offset);
        for (var d = 0; d < index.Length; d++)
        {
            place += index[d].Scale(Strides[d], 0);
        }

        return new Access(Buffer, place.Terms, place.Constant, coordinate, coordinate is null ? 0 : Strides[indirectAxis]);
    }
}
