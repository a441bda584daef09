using System.Text;

namespace GraphCompiler.Runtime.Random;

/// <summary>
/// Keys of random streams: one for every seed and name, the same on every machine and in every version.
/// </summary>
public static class RandomKey
{
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x00000100000001B3;

    /// <summary>The key of the stream <paramref name="name"/> under <paramref name="seed"/>.</summary>
    /// <param name="seed">Any number; another seed gives unrelated streams.</param>
    /// <param name="name">
    /// The scoped name of what is drawn, such as <c>layer1/w</c>: compared by its UTF-8 bytes.
    /// </param>
    /// <remarks>
    /// FNV-1a (64 bits) of the name, begun from the scrambled seed, then the finaliser of SplitMix64 (Steele, Lea,
    /// Flood: Fast splittable pseudorandom number generators, OOPSLA 2014), which spreads every input bit over all of
    /// the key. Two of n streams share a key with a probability of about n²/2⁶⁵.
    /// </remarks>
    public static ulong Of(long seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        unchecked
        {
            var hash = FnvOffset ^ Scramble((ulong)seed);
            foreach (var unit in Encoding.UTF8.GetBytes(name))
            {
                hash = (hash ^ unit) * FnvPrime;
            }

            return Scramble(hash);
        }
    }

    private static ulong Scramble(ulong x)
    {
        unchecked
        {
            x += 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
