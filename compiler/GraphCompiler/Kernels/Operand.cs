using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>A tensor in memory as a strided view: <c>element(i) = buffer[Σ stride[d]·i[d] + offset]</c>.</summary>
internal sealed record Operand(KernelBuffer Buffer, ImmutableArray<Dim> Strides, ImmutableSum Offset)
{
    /// <summary>The whole buffer, row-major.</summary>
    public static Operand Dense(KernelBuffer buffer) => new(buffer, buffer.Shape.Strides(), ImmutableSum.Zero);

    /// <summary>The place of an index; the coordinate along <paramref name="indirectAxis"/> may be data.</summary>
    public Access At(ImmutableArray<AffineIndex> index, int indirectAxis = -1, KernelExpr? coordinate = null)
    {
        var terms = new List<(Axis Axis, Dim Coefficient)>();
        var offset = Offset;
        for (var d = 0; d < index.Length; d++)
        {
            offset += index[d].Constant * Strides[d];
            foreach (var (axis, coefficient) in index[d].Terms)
            {
                var term = Strides[d] * coefficient;
                var at = terms.FindIndex(t => ReferenceEquals(t.Axis, axis));
                if (term == 0)
                {
                    continue;
                }

                if (at < 0)
                {
                    terms.Add((axis, term));
                }
                else
                {
                    terms[at] = (axis, terms[at].Coefficient + term);
                }
            }
        }

        return new Access(Buffer, [.. terms], offset, coordinate, coordinate is null ? 0 : Strides[indirectAxis]);
    }
}
