using GraphCompiler.Runtime.Random;

namespace Mnist.Datasets;

/// <summary>The order in which an epoch visits the images: a function of seed and epoch, and of nothing else.</summary>
internal static class Shuffle
{
    /// <summary>A permutation of 0 to <paramref name="count"/> − 1, all equally likely.</summary>
    /// <remarks>Fisher and Yates, counting down; draw number i is word i of a counter-based stream.</remarks>
    public static int[] Order(int count, long seed, int epoch)
    {
        var key = RandomKey.Of(seed, "shuffle");
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var bits = Philox.Block(key, counterHigh: (ulong)epoch, counterLow: (ulong)i).Low;
            var j = (int)Math.BigMul(bits, (ulong)i + 1, out _); // uniform in [0, i], to within 2⁻³²
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
