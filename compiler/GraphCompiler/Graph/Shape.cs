using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphCompiler;

/// <summary>The extents of a tensor, outermost first; rank 0 is a scalar. Written <c>[batch, 784]</c>.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly record struct Shape : IReadOnlyList<Dim>
{
    private readonly EquatableArray<Dim> _dims;

    private Shape(EquatableArray<Dim> dims) => _dims = dims;

    /// <summary>Rank 0.</summary>
    public static Shape Scalar => default;

    /// <summary>Number of axes.</summary>
    public int Rank => _dims.Count;

    /// <summary>Number of axes, under the name that index-from-end needs.</summary>
    public int Count => Rank;


    /// <summary>Extent of an axis.</summary>
    public Dim this[int axis] => _dims[axis];

    /// <summary>The product of all extents: the number of elements.</summary>
    public Dim ElementCount
    {
        get
        {
            Dim count = 1;
            foreach (var dim in _dims)
            {
                count *= dim;
            }

            return count;
        }
    }

    /// <summary>True when no extent is symbolic.</summary>
    public bool IsConstant => _dims.AsSpan().IndexOfAnySymbolic() < 0;

    /// <summary>Copies extents.</summary>
    public static Shape Create(ReadOnlySpan<Dim> dims) => new(EquatableArray.Create(dims));

    /// <summary>The extents as a span.</summary>
    public ReadOnlySpan<Dim> AsSpan() => _dims.AsSpan();

    /// <summary>The extents of all axes but these, which ascend.</summary>
    internal Shape Without(ReadOnlySpan<int> axes)
    {
        var kept = new Dim[Rank - axes.Length];
        for (var (axis, removed) = (0, 0); axis < Rank; axis++)
        {
            if (removed < axes.Length && axes[removed] == axis)
            {
                removed++;
            }
            else
            {
                kept[axis - removed] = this[axis];
            }
        }

        return Create(kept);
    }

    /// <summary>Row-major strides in elements: the last axis is contiguous.</summary>
    public ImmutableArray<Dim> Strides()
    {
        var strides = new Dim[Rank];
        Dim stride = 1;
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= this[axis];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(strides);
    }

    /// <summary>Extents when symbols take values.</summary>
    public long[] Evaluate(Func<Symbol, long> valueOf)
    {
        var result = new long[Rank];
        for (var axis = 0; axis < Rank; axis++)
        {
            result[axis] = this[axis].Evaluate(valueOf);
        }

        return result;
    }

    /// <summary>Enumerates without allocating.</summary>
    public ImmutableArray<Dim>.Enumerator GetEnumerator() => _dims.GetEnumerator();

    IEnumerator<Dim> IEnumerable<Dim>.GetEnumerator() => ((IEnumerable<Dim>)_dims).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<Dim>)_dims).GetEnumerator();

    /// <summary>Equal extents.</summary>
    public bool Equals(Shape other)
    {
        var same = Rank == other.Rank;
        for (var axis = 0; same && axis < Rank; axis++)
        {
            same = this[axis] == other[axis];
        }

        return same;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Rank;
        foreach (var dim in AsSpan())
        {
            hash = HashCode.Combine(hash, dim.GetHashCode());
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() => _dims.ToString();
}

internal static class DimSpans
{
    public static int IndexOfAnySymbolic(this ReadOnlySpan<Dim> dims)
    {
        for (var i = 0; i < dims.Length; i++)
        {
            if (!dims[i].IsConstant)
            {
                return i;
            }
        }

        return -1;
    }
}
