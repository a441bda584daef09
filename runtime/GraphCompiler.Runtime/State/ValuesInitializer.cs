using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.State;

/// <summary>Given elements. Held as double, which float and int fit into exactly.</summary>
internal sealed record ValuesInitializer(ImmutableArray<double> Elements) : Initializer
{
    public static ValuesInitializer From(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ValuesInitializer([.. values]);
    }

    public static ValuesInitializer From(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ValuesInitializer([.. Array.ConvertAll(values, value => (double)value)]);
    }

    public static ValuesInitializer From(int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ValuesInitializer([.. Array.ConvertAll(values, value => (double)value)]);
    }

    public bool Equals(ValuesInitializer? other) => other is not null && Bits.SequenceEqual(other.Bits);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(Bits));
        return hash.ToHashCode();
    }

    internal override void Fill(InitializerTarget target)
    {
        if (Elements.Length != target.Count)
        {
            throw target.Misfit($"Init.Values requires {target.Count} values, one an element, got {Elements.Length}");
        }

        for (var i = 0; i < Elements.Length; i++)
        {
            if (!target.Holds(Elements[i]))
            {
                throw target.Misfit($"Init.Values requires exact values, got {Elements[i]:R} at {i}");
            }

            target.Set(i, Elements[i]);
        }
    }

    // By bits: 0 and −0 are different values, and NaN is the same value as itself.
    private ReadOnlySpan<long> Bits => MemoryMarshal.Cast<double, long>(Elements.AsSpan());
}
