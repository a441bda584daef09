using System.Runtime.InteropServices;
using GraphCompiler.Runtime.Random;

namespace TwoLayerNet;

/// <summary>What the network starts from: inputs, targets and weights, all normal, rounded to float32.</summary>
/// <param name="X"><c>[64, 1000]</c>.</param>
/// <param name="Y"><c>[64, 10]</c>.</param>
/// <param name="W1"><c>[1000, 100]</c>.</param>
/// <param name="W2"><c>[100, 10]</c>.</param>
internal sealed record Problem(float[] X, float[] Y, float[] W1, float[] W2)
{
    /// <summary>Number of samples.</summary>
    public const int N = 64;

    /// <summary>Width of the input.</summary>
    public const int In = 1000;

    /// <summary>Width of the hidden layer.</summary>
    public const int Hidden = 100;

    /// <summary>Width of the output.</summary>
    public const int Out = 10;

    /// <summary>Learning rate.</summary>
    public const double Rate = 1e-4;

    /// <summary>Draws a problem: the same numbers for the same seed, on every machine.</summary>
    public static Problem Draw(long seed) => new(
        Normal(seed, "x", N * In),
        Normal(seed, "y", N * Out),
        Normal(seed, "w1", In * Hidden),
        Normal(seed, "w2", Hidden * Out));

    /// <summary>Writes x, y, w1 and w2 one after the other, as little-endian float32 in row-major order.</summary>
    public void Export(string path)
    {
        using var file = File.Create(path);
        foreach (var values in new[] { X, Y, W1, W2 })
        {
            file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    // Element i is a function of seed, name and i: a counter-based generator has no state to carry along.
    private static float[] Normal(long seed, string name, int count)
    {
        var key = RandomKey.Of(seed, name);
        return [.. Enumerable.Range(0, count).Select(i => (float)Philox.Normal(Philox.Block(key, 0, (ulong)i).Low))];
    }
}
