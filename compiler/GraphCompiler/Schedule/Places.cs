using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;

namespace GraphCompiler.Schedule;

/// <summary>
/// Where an element of a tensor really is: views (reshape, transpose, broadcast, slice) are index maps, so an index of the
/// view becomes an index of the tensor that it looks at. A tensor that must be memory in its own right is declared stored.
/// </summary>
internal sealed class Places
{
    private readonly HashSet<Tensor> _stored = [];

    /// <summary>A tensor and an index of it. Flat means one index into its row-major elements.</summary>
    public readonly record struct Place(Tensor Base, ImmutableArray<AffineIndex> Index, bool IsFlat)
    {
        public bool SameIndex(ImmutableArray<AffineIndex> index) =>
            !IsFlat && (Index == index || (Index.Length == index.Length && Index.Zip(index).All(static p => p.First.SameAs(p.Second))));
    }

    /// <summary>Marks a view as memory of its own: somebody copies it.</summary>
    public void Store(Tensor view) => _stored.Add(view);

    /// <summary>True for a node that maps indices and computes nothing.</summary>
    public bool IsView(Tensor tensor) => tensor.Node.Operator.IsView && !_stored.Contains(tensor);

    /// <summary>Follows views down.</summary>
    public Place Locate(Tensor tensor, ImmutableArray<AffineIndex> index)
    {
        while (IsView(tensor))
        {
            var place = Behind(tensor.Node, index);
            if (place.IsFlat)
            {
                return place with { Base = SameMemory(place.Base) };
            }

            (tensor, index) = (place.Base, place.Index);
        }

        return new(tensor, index, IsFlat: false);
    }

    /// <summary>Where a view, stored or not, finds its element: one step down.</summary>
    public static Place Behind(Node view, ImmutableArray<AffineIndex> index)
    {
        var (input, shape) = (view.Inputs[0], view.Results[0].Shape);
        return view.Operator.Lower(new ViewScope(view, index)) switch
        {
            ViewLowering map => new(input, map.Map(index), IsFlat: false),
            ReshapeLowering when SameButOnes(input.Shape, shape) => new(input, Squeeze(index, shape, input.Shape), IsFlat: false),
            // The input is dense memory: the scheduler stores it where it is not.
            _ => new(input, [Flatten(index, shape)], IsFlat: true),
        };
    }

    /// <summary>What a stored view copies.</summary>
    public Place LocateSource(Node view, ImmutableArray<AffineIndex> index)
    {
        var place = Behind(view, index);
        return place.IsFlat ? place with { Base = SameMemory(place.Base) } : Locate(place.Base, place.Index);
    }

    /// <summary>The tensor that is computed, below reshapes that keep the row-major order: its memory is the view's memory.</summary>
    public Tensor SameMemory(Tensor tensor)
    {
        while (IsView(tensor) && tensor.Node.Operator.KeepsOrder)
        {
            tensor = tensor.Node.Inputs[0];
        }

        return tensor;
    }

    /// <summary>The tensor that a read of this one ends at.</summary>
    public Tensor BaseOf(Tensor tensor)
    {
        while (IsView(tensor))
        {
            tensor = tensor.Node.Inputs[0];
        }

        return tensor;
    }

    /// <summary>Equal row-major order of equal extents when extents of 1 are left out.</summary>
    public static bool SameButOnes(Shape a, Shape b) => a.Where(static d => d != 1).SequenceEqual(b.Where(static d => d != 1));

    private static ImmutableArray<AffineIndex> Squeeze(ImmutableArray<AffineIndex> index, Shape from, Shape to)
    {
        var wide = new Queue<AffineIndex>(index.Where((_, d) => from[d] != 1));
        return [.. to.Select(d => d == 1 ? 0 : wide.Dequeue())];
    }

    private static AffineIndex Flatten(ImmutableArray<AffineIndex> index, Shape shape)
    {
        AffineIndex flat = 0;
        var strides = shape.Strides();
        for (var d = 0; d < index.Length; d++)
        {
            flat += index[d].Scale(strides[d], 0);
        }

        return flat;
    }

    private sealed class ViewScope(Node node, ImmutableArray<AffineIndex> index) : LoweringScope(node, index)
    {
        public override KernelExpr Read(int input, ImmutableArray<AffineIndex> at) => throw new InvalidOperationException("A view reads nothing");

        public override KernelExpr ReadIndirect(int input, ImmutableArray<AffineIndex> at, int axis, KernelExpr coordinate) =>
            throw new InvalidOperationException("A view reads nothing");
    }
}
