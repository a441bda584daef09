using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>An index along one axis of a tensor: <c>Σ coefficient·axis + constant</c>.</summary>
internal readonly struct AffineIndex
{
    private readonly ImmutableArray<(Axis Axis, long Coefficient)> _terms;

    public AffineIndex(ImmutableArray<(Axis Axis, long Coefficient)> terms, ImmutableSum constant)
    {
        _terms = terms;
        Constant = constant;
    }

    public ImmutableArray<(Axis Axis, long Coefficient)> Terms => _terms.IsDefault ? [] : _terms;

    /// <summary>Offset; symbolic where a region starts behind a symbolic one.</summary>
    public ImmutableSum Constant { get; }

    public static implicit operator AffineIndex(Axis axis) => new([(axis, 1)], ImmutableSum.Zero);

    public static implicit operator AffineIndex(long constant) => new([], (Dim)constant);

    /// <summary><c>index·factor + offset</c>.</summary>
    public AffineIndex Scale(long factor, Dim offset) =>
        new([.. Terms.Select(t => (t.Axis, checked(t.Coefficient * factor)))], (Constant * factor) + offset);

    public override string ToString() =>
        Terms.IsEmpty ? Constant.ToString()
        : string.Join(" + ", Terms.Select(static t => t.Coefficient == 1 ? t.Axis.Name : $"{t.Coefficient}·{t.Axis.Name}"))
            + (Constant.IsZero ? "" : $" + {Constant}");
}
