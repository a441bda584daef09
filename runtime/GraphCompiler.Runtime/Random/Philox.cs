using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Random;

/// <summary>
/// Philox4x32-10: random bits as a pure function of a key and a counter. Nothing is carried from one call to the next,
/// so element <c>i</c> of a tensor is the same whichever thread computes it, and in whatever order.
/// </summary>
/// <remarks>
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011. Ten
/// rounds, which pass BigCrush; period 2¹²⁸ blocks for each of 2⁶⁴ keys. Not for cryptography.
/// </remarks>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four words at one place of one stream.</summary>
    /// <param name="key">The stream, from <see cref="RandomKey"/>.</param>
    /// <param name="counterHigh">Upper half of the 128-bit counter: the step of a training run, say.</param>
    /// <param name="counterLow">Lower half: the place within the tensor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxBlock Block(ulong key, ulong counterHigh, ulong counterLow)
    {
        var (x0, x1) = ((uint)counterLow, (uint)(counterLow >> 32));
        var (x2, x3) = ((uint)counterHigh, (uint)(counterHigh >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * x0;
            var product1 = (ulong)Multiplier1 * x2;
            x0 = (uint)(product1 >> 32) ^ x1 ^ k0;
            x1 = (uint)product1;
            x2 = (uint)(product0 >> 32) ^ x3 ^ k1;
            x3 = (uint)product0;
            k0 = unchecked(k0 + Weyl0);
            k1 = unchecked(k1 + Weyl1);
        }

        return new PhiloxBlock(x0, x1, x2, x3);
    }

    /// <summary>
    /// The multiple of 2⁻²⁴ in [0, 1) that the upper 24 bits of <paramref name="word"/> name: uniform, exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float UniformSingle(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>
    /// The multiple of 2⁻⁵³ in [0, 1) that the upper 53 bits of <paramref name="bits"/> name: uniform, exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double UniformDouble(ulong bits) => (bits >> 11) * (1.0 / (1L << 53));

    /// <summary>
    /// A standard normal number: the normal quantile of the middle of the one of 2⁵² equal intervals that the upper 52
    /// bits of
    /// <paramref name="bits"/> name. Between ±8.21; complementing the bits changes the sign and nothing else.
    /// </summary>
    /// <remarks>The same bits on every machine: see <see cref="NormalQuantile"/>.</remarks>
    public static double Normal(ulong bits) => NormalQuantile.Of(((bits >> 12) + 0.5) * (1.0 / (1L << 52)));
}
