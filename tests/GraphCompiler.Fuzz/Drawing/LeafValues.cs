using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Drawing;

/// <summary>Values of inputs and variables: small fractions with ties, zeros of both signs, and numbers of all bits; special values where asked for.</summary>
internal static class LeafValues
{
    private static readonly double[] Specials = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 1e-40f, float.MaxValue];

    public static ReferenceArray Draw(Tensor leaf, long batch, bool hasSpecials, System.Random random)
    {
        var array = new ReferenceArray(leaf.DType, leaf.Shape.Evaluate(_ => batch));
        foreach (ref var value in array.Data.AsSpan())
        {
            value = leaf.DType switch
            {
                DType.Bool => random.Next(2),
                DType.Int32 => random.Next(-2, 8),
                _ when hasSpecials && random.Next(8) == 0 => Specials[random.Next(Specials.Length)],
                DType.Float32 when random.Next(3) != 0 => (float)((random.NextDouble() * 4) - 2),
                DType.Float64 when random.Next(3) != 0 => (random.NextDouble() * 4) - 2,
                _ => random.Next(12) == 0 ? -0.0 : random.Next(-8, 9) / 4.0,
            };
        }

        return array;
    }
}
