using GraphCompiler.Runtime;

namespace GraphCompiler.Reference;

/// <summary>A tensor of the interpreter: row-major doubles, whatever the element type (int32 and bool are exact in double).</summary>
internal sealed class ReferenceArray
{
    public ReferenceArray(DType type, long[] shape, double[]? data = null)
    {
        Type = type;
        Shape = shape;
        long count = 1;
        foreach (var extent in shape)
        {
            count = checked(count * extent);
        }

        Data = data ?? new double[count];
        if (Data.LongLength != count)
        {
            throw new ArgumentException($"[{string.Join(", ", shape)}] has {count} elements, got {Data.LongLength}", nameof(data));
        }
    }

    public DType Type { get; }

    public long[] Shape { get; }

    public double[] Data { get; }

    public int Rank => Shape.Length;

    /// <summary>Position of an index in <see cref="Data"/>.</summary>
    public long Offset(ReadOnlySpan<long> index)
    {
        // A definition that leaves an axis would read a neighbour and look plausible.
        ArgumentOutOfRangeException.ThrowIfNotEqual(index.Length, Shape.Length);
        long offset = 0;
        for (var axis = 0; axis < Shape.Length; axis++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index[axis]);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index[axis], Shape[axis]);
            offset = (offset * Shape[axis]) + index[axis];
        }

        return offset;
    }

    /// <summary>The element at an index.</summary>
    public ref double At(ReadOnlySpan<long> index) => ref Data[Offset(index)];

    /// <summary>The element that broadcasting to a larger index reads.</summary>
    public double Broadcast(ReadOnlySpan<long> index)
    {
        long offset = 0;
        var skip = index.Length - Shape.Length;
        for (var axis = 0; axis < Shape.Length; axis++)
        {
            offset = (offset * Shape[axis]) + (Shape[axis] == 1 ? 0 : index[axis + skip]);
        }

        return Data[offset];
    }

    /// <summary>Calls <paramref name="visit"/> with every index of a shape, row-major. The array passed is reused.</summary>
    public static void ForEach(long[] shape, Action<long[]> visit)
    {
        var index = new long[shape.Length];
        if (shape.Contains(0))
        {
            return;
        }

        while (true)
        {
            visit(index);
            var axis = shape.Length - 1;
            while (axis >= 0 && ++index[axis] == shape[axis])
            {
                index[axis--] = 0;
            }

            if (axis < 0)
            {
                return;
            }
        }
    }
}
