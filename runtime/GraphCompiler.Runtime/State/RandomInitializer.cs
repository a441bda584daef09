using System.Runtime.CompilerServices;
using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.State;

/// <summary>
/// Random elements: offset + scale · draw, where draw number i is half a Philox block, a function of the key and i
/// alone.
/// </summary>
internal abstract record RandomInitializer(long Seed) : Initializer
{
    /// <summary>A standard draw from 64 random bits.</summary>
    private protected abstract double Draw(ulong bits);

    /// <summary>Offset and scale for a variable of this shape.</summary>
    private protected abstract (double Offset, double Scale) Spread(ReadOnlySpan<long> shape);

    // Called once for each variable, with many elements: a start does not wait for tiers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Fill(InitializerTarget target)
    {
        if (!target.Type.IsFloating())
        {
            throw target.Misfit($"Random initial values require a floating variable");
        }

        var key = RandomKey.Of(Seed, target.Name);
        var (offset, scale) = Spread(target.Shape.AsSpan());
        for (long i = 0; i < target.Count; i += 2)
        {
            var block = Philox.Block(key, 0, (ulong)i >> 1);
            target.Set(i, offset + scale * Draw(block.Low));
            if (i + 1 < target.Count)
            {
                target.Set(i + 1, offset + scale * Draw(block.High));
            }
        }
    }
}
