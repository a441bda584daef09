using System.Collections.Immutable;

namespace GraphCompiler;

/// <summary>A sum of <see cref="Dim"/> terms, for quantities that are not one product: bytes, flops, offsets.</summary>
internal readonly struct ImmutableSum : IEquatable<ImmutableSum>
{
    private readonly ImmutableArray<Dim> _terms; // like terms merged, insertion order

    private ImmutableSum(ImmutableArray<Dim> terms) => _terms = terms;

    public static ImmutableSum Zero => new([]);

    public ImmutableArray<Dim> Terms => _terms.IsDefault ? [] : _terms;

    public bool IsZero => Terms.IsEmpty;

    public static implicit operator ImmutableSum(Dim term) => Zero + term;

    public static ImmutableSum operator +(ImmutableSum sum, Dim term)
    {
        if (term.Factor == 0)
        {
            return sum;
        }

        var terms = sum.Terms;
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i].Symbols.SequenceEqual(term.Symbols))
            {
                var merged = terms[i] + term;
                return new(merged.Factor == 0 ? terms.RemoveAt(i) : terms.SetItem(i, merged));
            }
        }

        return new(terms.Add(term));
    }

    public static ImmutableSum operator +(ImmutableSum left, ImmutableSum right)
    {
        foreach (var term in right.Terms)
        {
            left += term;
        }

        return left;
    }

    public static ImmutableSum operator *(ImmutableSum sum, Dim factor)
    {
        var result = Zero;
        foreach (var term in sum.Terms)
        {
            result += term * factor;
        }

        return result;
    }

    public long Max => Terms.Sum(static t => t.Max);

    public long Evaluate(Func<Symbol, long> valueOf) => Terms.Sum(t => t.Evaluate(valueOf));

    public bool Equals(ImmutableSum other) => Terms.SequenceEqual(other.Terms);

    public override bool Equals(object? obj) => obj is ImmutableSum other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 0;
        foreach (var term in Terms)
        {
            hash = HashCode.Combine(hash, term);
        }

        return hash;
    }

    public override string ToString() => IsZero ? "0" : string.Join(" + ", Terms);
}
