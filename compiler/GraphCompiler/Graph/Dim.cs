using System.Collections.Immutable;
using System.Globalization;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler;

/// <summary>
/// One extent of a shape: a constant times a product of symbols, such as <c>784</c>, <c>batch</c> or <c>4·batch·seq</c>.
/// Products are always a Dim; sums and quotients only where the result is one again (<c>2n + 3n</c>, <c>6n / 2n</c>).
/// </summary>
public readonly struct Dim : IEquatable<Dim>
{
    private readonly long _factor;
    private readonly ImmutableArray<Symbol> _symbols; // sorted by name, ordinal; repeats are powers

    private Dim(long factor, ImmutableArray<Symbol> symbols)
    {
        _factor = factor;
        _symbols = factor == 0 ? [] : symbols;
    }

    /// <summary>The constant factor.</summary>
    public long Factor => _factor;

    /// <summary>The symbols of the product, sorted by name.</summary>
    public ImmutableArray<Symbol> Symbols => _symbols.IsDefault ? [] : _symbols;

    /// <summary>True when no symbol takes part.</summary>
    public bool IsConstant => Symbols.IsEmpty;

    /// <summary>The largest value that a run can choose.</summary>
    /// <exception cref="GraphException">GRC0126: it exceeds 2⁶³−1.</exception>
    public long Max
    {
        get
        {
            var max = _factor;
            foreach (var symbol in Symbols)
            {
                max = Times(max, symbol.Max);
            }

            return max;
        }
    }

    /// <summary>Declares an extent that each run chooses between 0 and <paramref name="max"/>.</summary>
    /// <param name="name">Name in shapes and messages.</param>
    /// <param name="max">Bound that memory is planned for, 1 or more.</param>
    /// <exception cref="GraphException">GRC0110: no name, or a bound below 1.</exception>
    public static Dim Symbol(string name, long max)
    {
        if (string.IsNullOrWhiteSpace(name) || max < 1)
        {
            throw new GraphException("GRC0110", $"A symbol requires a name and a bound of 1 or more, got \"{DisplayName.Of(name ?? "")}\" and {max}");
        }

        return new Dim(1, [new Symbol(name, max)]);
    }

    /// <summary>A constant extent.</summary>
    public static implicit operator Dim(long value) => new(value, []);

    /// <summary>A constant extent.</summary>
    public static implicit operator Dim(int value) => new(value, []);

    /// <summary>The product.</summary>
    /// <exception cref="GraphException">GRC0126: its constant exceeds 2⁶³−1.</exception>
    public static Dim operator *(Dim left, Dim right)
    {
        var symbols = right.IsConstant ? left.Symbols
            : left.IsConstant ? right.Symbols
            : left.Symbols.AddRange(right.Symbols).Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new Dim(Times(left._factor, right._factor), symbols);
    }

    /// <summary>The sum of like terms.</summary>
    /// <exception cref="GraphException">GRC0111: the sum is not a single product. GRC0126: its constant exceeds 2⁶³−1.</exception>
    public static Dim operator +(Dim left, Dim right)
    {
        if (left._factor == 0)
        {
            return right;
        }

        return right._factor == 0 ? left
            : left.Symbols.SequenceEqual(right.Symbols) ? new Dim(Plus(left._factor, right._factor), left.Symbols)
            : throw new GraphException("GRC0111", $"An extent requires like terms to be added, got {left} + {right}");
    }

    /// <summary>True when this is <paramref name="divisor"/> times another Dim, which is returned.</summary>
    public bool TryDivide(Dim divisor, out Dim quotient)
    {
        quotient = default;
        if (divisor._factor == 0 || _factor % divisor._factor != 0)
        {
            return false;
        }

        var rest = Symbols;
        foreach (var symbol in divisor.Symbols)
        {
            var at = rest.IndexOf(symbol);
            if (at < 0)
            {
                return _factor == 0;
            }

            rest = rest.RemoveAt(at);
        }

        quotient = new Dim(_factor / divisor._factor, rest);
        return true;
    }

    /// <summary>The value when each symbol is <paramref name="valueOf"/> it.</summary>
    public long Evaluate(Func<Symbol, long> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        var value = _factor;
        foreach (var symbol in Symbols)
        {
            value = checked(value * valueOf(symbol));
        }

        return value;
    }

    /// <inheritdoc/>
    public bool Equals(Dim other) => _factor == other._factor && Symbols.SequenceEqual(other.Symbols);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dim other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = _factor.GetHashCode();
        foreach (var symbol in Symbols)
        {
            hash = HashCode.Combine(hash, symbol);
        }

        return hash;
    }

    /// <summary>Equal factor and equal symbols.</summary>
    public static bool operator ==(Dim left, Dim right) => left.Equals(right);

    /// <summary>Not equal.</summary>
    public static bool operator !=(Dim left, Dim right) => !left.Equals(right);

    // Not with Int128: methods with it are never precompiled, and these are among the first of a start.
    private static long Times(long a, long b) => Math.BigMul(a, b, out var product) == product >> 63 ? product : throw TooLarge($"{a} · {b}");

    private static long Plus(long a, long b)
    {
        var sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) >= 0 ? sum : throw TooLarge($"{a} + {b}");
    }

    private static GraphException TooLarge(FormattableString value) =>
        new("GRC0126", $"An extent requires a value below 2⁶³, got {FormattableString.Invariant(value)}");

    /// <inheritdoc/>
    public override string ToString()
    {
        var symbols = string.Join("·", Symbols.Select(static s => DisplayName.Of(s.Name)));
        return IsConstant ? _factor.ToString(CultureInfo.InvariantCulture)
            : _factor == 1 ? symbols
            : $"{_factor.ToString(CultureInfo.InvariantCulture)}·{symbols}";
    }
}
