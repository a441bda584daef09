using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Compile;

/// <summary>
/// Looks at all floating values of a run in the order of declaration. While all are finite that is one pass over memory;
/// otherwise <see cref="NumericsSearch"/> finds out where the first came from.
/// </summary>
/// <param name="kept">Where values are, leaves included.</param>
internal sealed class NumericsCheck(ImmutableArray<(Tensor Tensor, int Slot)> kept) : IRunCheck
{
    /// <exception cref="GraphException">GRC0470: the first value that is not finite, though its operands are.</exception>
    public void Check(RunValues values)
    {
        NumericsSearch? search = null;
        foreach (var (tensor, slot) in kept)
        {
            if (!IsFinite(values, slot))
            {
                search ??= new(kept, values);
                if (search.Problem(tensor) is { } problem)
                {
                    throw problem;
                }
            }
        }
    }

    private static bool IsFinite(RunValues values, int slot) => values.Layout.Slots[slot].Type switch
    {
        DType.Float32 => IsFinite(values.Elements<float>(slot)),
        DType.Float64 => IsFinite(values.Elements<double>(slot)),
        _ => true,
    };

    // x − x is 0, or NaN where x is not finite; a sum of these stays 0 until the first NaN, and NaN from then on.
    private static bool IsFinite<T>(ReadOnlySpan<T> elements) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(elements);
        var sum = Vector<T>.Zero;
        foreach (var vector in vectors)
        {
            sum += vector - vector;
        }

        var isFinite = !T.IsNaN(Vector.Sum(sum));
        foreach (var element in elements[(vectors.Length * Vector<T>.Count)..])
        {
            isFinite &= T.IsFinite(element);
        }

        return isFinite;
    }
}
