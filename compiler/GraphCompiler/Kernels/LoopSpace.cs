using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>
/// The loops over a space: one axis for each axis of the shape, or fewer where neighbours are contiguous in every access
/// and merge into one. Built twice: with an axis each, to see the accesses, and then merged.
/// </summary>
internal sealed class LoopSpace
{
    private LoopSpace(ImmutableArray<AffineIndex> index, ImmutableArray<(Axis Axis, int Kind)> axes) => (Index, Axes) = (index, axes);

    /// <summary>An entry for each axis of the shape; merged ones count 0 and leave the counting to the last of them.</summary>
    public ImmutableArray<AffineIndex> Index { get; }

    /// <summary>The loops, outermost first.</summary>
    public ImmutableArray<(Axis Axis, int Kind)> Axes { get; }

    public ImmutableArray<Axis> Kept => OfKind(0);

    public ImmutableArray<Axis> Reduced => OfKind(1);

    /// <summary>Loops of one kind; only such merge with each other.</summary>
    public ImmutableArray<Axis> OfKind(int kind) => [.. Axes.Where(a => a.Kind == kind).Select(static a => a.Axis)];

    /// <summary>An axis each; extents of 1 need no loop.</summary>
    public static LoopSpace Plain(Shape shape, IReadOnlyCollection<int> reduced) => Plain(shape, d => reduced.Contains(d) ? 1 : 0);

    /// <summary>An axis each, of the kind that <paramref name="kindOf"/> gives it.</summary>
    public static LoopSpace Plain(Shape shape, Func<int, int> kindOf)
    {
        var index = ImmutableArray.CreateBuilder<AffineIndex>();
        var axes = ImmutableArray.CreateBuilder<(Axis, int)>();
        for (var d = 0; d < shape.Rank; d++)
        {
            if (shape[d] == 1)
            {
                index.Add(0);
                continue;
            }

            var axis = new Axis(Names[Math.Min(d, Names.Length - 1)], shape[d]);
            index.Add(axis);
            axes.Add((axis, kindOf(d)));
        }

        return new(index.ToImmutable(), axes.ToImmutable());
    }

    /// <summary>The same loops, with another expression where an axis was counted.</summary>
    public LoopSpace Substitute(Axis axis, AffineIndex by)
    {
        var index = Index.ToBuilder();
        Replace(index, axis, by);
        return new(index.ToImmutable(), Axes);
    }

    /// <summary>The same space with an axis counted in chunks; the loop over chunks is the caller's.</summary>
    public (LoopSpace Space, Axis Chunks) Chunked(Axis axis, long size)
    {
        var (chunks, within) = Axis.Split(axis, size);
        var index = Index.ToBuilder();
        Replace(index, axis, new AffineIndex([(chunks, size), (within, 1)], ImmutableSum.Zero));
        return (new(index.ToImmutable(), [.. Axes.Select(a => ReferenceEquals(a.Axis, axis) ? (within, a.Kind) : a)]), chunks);
    }

    /// <summary>Merges neighbours that no access and no expression tells apart.</summary>
    public LoopSpace Merge(AccessCollector uses)
    {
        var (index, axes) = (Index.ToBuilder(), Axes.ToBuilder());
        for (var i = 0; i + 1 < axes.Count;)
        {
            var ((outer, kind), (inner, innerKind)) = (axes[i], axes[i + 1]);
            var merges = kind == innerKind && !uses.Valued.Contains(outer) && !uses.Valued.Contains(inner)
                && uses.Accesses.All(a => StrideOf(a, outer) == StrideOf(a, inner) * inner.Extent);
            if (!merges)
            {
                i++;
                continue;
            }

            var merged = new Axis(outer.Name, outer.Extent * inner.Extent);
            _merged[merged] = inner;
            Replace(index, outer, 0);
            Replace(index, inner, merged);
            axes[i] = (merged, kind);
            axes.RemoveAt(i + 1);
        }

        return new(index.ToImmutable(), axes.ToImmutable());
    }

    private static readonly string[] Names = ["i", "j", "k", "l", "p", "q"];

    private readonly Dictionary<Axis, Axis> _merged = [];

    // A merged axis steps as its innermost part does.
    private Dim StrideOf(Access access, Axis axis)
    {
        while (_merged.TryGetValue(axis, out var inner))
        {
            axis = inner;
        }

        return access.StrideOf(axis);
    }

    private static void Replace(ImmutableArray<AffineIndex>.Builder index, Axis axis, AffineIndex by)
    {
        for (var d = 0; d < index.Count; d++)
        {
            if (index[d].Terms is [var (a, _)] && ReferenceEquals(a, axis))
            {
                index[d] = by;
            }
        }
    }
}
