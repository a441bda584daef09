using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>An index along one axis of a tensor: <c>Σ coefficient·axis + constant</c>.</summary>
internal readonly struct AffineIndex
{
    private readonly ImmutableArray<(Axis Axis, Dim Coefficient)> _terms;

    public AffineIndex(ImmutableArray<(Axis Axis, Dim Coefficient)> terms, ImmutableSum constant)
    {
        _terms = terms;
        Constant = constant;
    }

    public ImmutableArray<(Axis Axis, Dim Coefficient)> Terms => _terms.IsDefault ? [] : _terms;

    /// <summary>Offset; symbolic where a region starts behind a symbolic one.</summary>
    public ImmutableSum Constant { get; }

    public static implicit operator AffineIndex(Axis axis) => new([(axis, (Dim)1)], ImmutableSum.Zero);

    public static implicit operator AffineIndex(long constant) => new([], (Dim)constant);

    public bool IsZero => Terms.IsEmpty && Constant.IsZero;

    /// <summary><c>index·factor + offset</c>.</summary>
    public AffineIndex Scale(Dim factor, Dim offset) => factor == 1 && offset == 0 ? this
        : new([.. Terms.Select(t => (t.Axis, t.Coefficient * factor)).Where(static t => t.Item2.Factor != 0)], (Constant * factor) + offset);

    /// <summary>The sum, like terms merged.</summary>
    public static AffineIndex operator +(AffineIndex left, AffineIndex right)
    {
        if (left.IsZero || right.IsZero)
        {
            return left.IsZero ? right : left;
        }

        var terms = left.Terms.ToBuilder();
        foreach (var (axis, coefficient) in right.Terms)
        {
            var at = -1;
            for (var i = 0; i < terms.Count && at < 0; i++)
            {
                at = ReferenceEquals(terms[i].Axis, axis) ? i : -1;
            }

            if (at < 0)
            {
                terms.Add((axis, coefficient));
            }
            else
            {
                terms[at] = (axis, terms[at].Coefficient + coefficient);
            }
        }

        return new(terms.ToImmutable(), left.Constant + right.Constant);
    }

    /// <summary>The same axes with the same coefficients in the same order, and the same constant.</summary>
    public bool SameAs(AffineIndex other) => Constant.Equals(other.Constant) && Terms.SequenceEqual(other.Terms);

    public override string ToString() =>
        Terms.IsEmpty ? Constant.ToString()
        : string.Join(" + ", Terms.Select(static t => t.Coefficient == 1 ? t.Axis.Name : $"{t.Coefficient}·{t.Axis.Name}"))
            + (Constant.IsZero ? "" : $" + {Constant}");
}
