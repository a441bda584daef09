using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>Family of reductions over axes, which disappear: <c>y[kept] = combine over reduced x[kept, reduced]</c>.</summary>
internal abstract record Reduction(EquatableArray<int> Axes) : Operator
{
    protected abstract Combine Combine { get; }

    protected abstract double Identity { get; }

    protected abstract double Evaluate(double sum, double x);

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (s[0].DType == DType.Bool)
        {
            throw s.Error("GRC0103", "numbers", s.Facts());
        }

        for (var i = 0; i < Axes.Count; i++)
        {
            s.FrontAxis(0, Axes[i]);
            if (i > 0 && Axes[i] <= Axes[i - 1])
            {
                throw s.Error("GRC0104", "ascending axes", $"{s.Facts()}, axes are {Axes}");
            }
        }

        return [s[0].With(s[0].Shape.Without(Axes.AsSpan()))];
    }

    internal override Lowering Lower(LoweringScope s) => new ReduceLowering(Combine, [.. Axes]);

    internal override void Reference(ReferenceScope r)
    {
        var identity = r.Output.Type == DType.Int32 ? Math.Clamp(Identity, int.MinValue, int.MaxValue) : Identity;
        Array.Fill(r.Output.Data, identity);
        var integer = r.Output.Type == DType.Int32;
        ReferenceArray.ForEach(r.X.Shape, index =>
        {
            var kept = index.Where((_, axis) => !Axes.Contains(axis)).ToArray();
            ref var y = ref r.Output.At(kept);
            y = Evaluate(y, r.X.At(index));
            y = integer ? unchecked((int)(long)y) : y;
        });
    }

    internal override Cost Cost(Node node) => new(node.Inputs[0].Shape.ElementCount, Operators.Cost.Traffic(node));

    public sealed override string ToString() => $"{Name}{Axes}";

    /// <summary>Stretches a gradient of the result back over the reduced axes.</summary>
    internal static Tensor Restore(Tensor reduced, EquatableArray<int> axes, Shape shape)
    {
        var kept = new List<int>(shape.Rank);
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (!axes.AsSpan().Contains(axis))
            {
                kept.Add(axis);
            }
        }

        return Tensor.Apply(new BroadcastOp(shape, EquatableArray.Create<int>([.. kept])), reduced, Origin.None);
    }

    /// <summary>Checked, counted from the front, sorted, without repeats; null means all.</summary>
    internal static EquatableArray<int> Normalize(Tensor x, int[]? axes, string method, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(x);
        var reduced = new bool[x.Rank];
        if (axes is null)
        {
            Array.Fill(reduced, true);
        }

        foreach (var axis in axes ?? [])
        {
            if (axis < -x.Rank || axis >= x.Rank || reduced[(axis + x.Rank) % x.Rank])
            {
                throw new GraphException(
                    "GRC0104", $"{method} requires different axes between {-x.Rank} and {x.Rank - 1}: {x.Describe()} is {x.Type}, axes are [{string.Join(", ", axes!)}]", origin.File, origin.Line);
            }

            reduced[(axis + x.Rank) % x.Rank] = true;
        }

        var result = new List<int>(x.Rank);
        for (var axis = 0; axis < x.Rank; axis++)
        {
            if (reduced[axis])
            {
                result.Add(axis);
            }
        }

        return EquatableArray.Create<int>([.. result]);
    }

    /// <summary>Applies a reduction and, if asked, leaves the reduced axes as extents of 1.</summary>
    internal static Tensor Apply(Func<EquatableArray<int>, Reduction> create, Tensor x, int[]? axes, bool keepDims, string method, Origin origin)
    {
        var normalized = Normalize(x, axes, method, origin);
        var y = Tensor.Apply(create(normalized), x, origin);
        return keepDims ? KeepDims(y, normalized, x.Shape, origin) : y;
    }

    internal static Tensor KeepDims(Tensor reduced, EquatableArray<int> axes, Shape shape, Origin origin)
    {
        Dim[] dims = [.. shape.AsSpan()];
        foreach (var axis in axes)
        {
            dims[axis] = 1;
        }

        return Tensor.Apply(new ReshapeOp(Shape.Create(dims)), reduced, origin);
    }
}
