using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Tests.Support;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

[TestFixture]
public sealed class MinMaxReluTests
{
    private static readonly double[] Values =
    [
        0.0, -0.0, 1, -1, 1.5, -1.5, 1e-40, -1e-40, 3e38, -3e38, float.Epsilon, double.PositiveInfinity,
        double.NegativeInfinity, double.NaN, -double.NaN,
    ];

    // Math.Min and Math.Max are IEEE 754-2019 minimum and maximum.
    [Test]
    public void MinMax_AllPairs_AsIeeeMinimumAndMaximum()
    {
        foreach (var a in Values)
        {
            foreach (var b in Values)
            {
                var (sa, sb) = ((float)a, (float)b);
                Same(Math.Min(a, b), Scalar.Min(a, b), Vec128.Min(Vector128.Create(a), Vector128.Create(b))[1],
                    Vec256.Min(Vector256.Create(a), Vector256.Create(b))[3],
                    Vec512.Min(Vector512.Create(a), Vector512.Create(b))[7]);
                Same(Math.Max(a, b), Scalar.Max(a, b), Vec128.Max(Vector128.Create(a), Vector128.Create(b))[1],
                    Vec256.Max(Vector256.Create(a), Vector256.Create(b))[3],
                    Vec512.Max(Vector512.Create(a), Vector512.Create(b))[7]);
                Same(MathF.Min(sa, sb), Scalar.Min(sa, sb), Vec128.Min(Vector128.Create(sa), Vector128.Create(sb))[3],
                    Vec256.Min(Vector256.Create(sa), Vector256.Create(sb))[7],
                    Vec512.Min(Vector512.Create(sa), Vector512.Create(sb))[15]);
                Same(MathF.Max(sa, sb), Scalar.Max(sa, sb), Vec128.Max(Vector128.Create(sa), Vector128.Create(sb))[3],
                    Vec256.Max(Vector256.Create(sa), Vector256.Create(sb))[7],
                    Vec512.Max(Vector512.Create(sa), Vector512.Create(sb))[15]);
            }
        }
    }

    [Test]
    public void Relu_EveryKindOfValue_NegativesAloneBecomeZero()
    {
        foreach (var x in Values)
        {
            var single = (float)x;
            Same(x < 0 ? 0 : x, Scalar.Relu(x), Vec128.Relu(Vector128.Create(x))[1],
                Vec256.Relu(Vector256.Create(x))[3],
                    Vec512.Relu(Vector512.Create(x))[7]);
            Same(single < 0 ? 0 : single, Scalar.Relu(single), Vec128.Relu(Vector128.Create(single))[3],
                Vec256.Relu(Vector256.Create(single))[7],
                    Vec512.Relu(Vector512.Create(single))[15]);
        }
    }

    [Test]
    public void Fma_RandomArguments_RoundsOnceWhereTheProcessorCan()
    {
        Assume.That(Vec256.IsSupported, "a·b + c is rounded twice without FMA");
        var random = new System.Random(3);
        for (var i = 0; i < 100_000; i++)
        {
            var (a, b, c) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            var (sa, sb, sc) = ((float)a, (float)b, (float)c);
            Same(Math.FusedMultiplyAdd(a, b, c), Scalar.Fma(a, b, c),
                Vec128.Fma(Vector128.Create(a), Vector128.Create(b), Vector128.Create(c))[1],
                Vec256.Fma(Vector256.Create(a), Vector256.Create(b), Vector256.Create(c))[3],
                    Vec512.Fma(Vector512.Create(a), Vector512.Create(b), Vector512.Create(c))[7]);
            Same(MathF.FusedMultiplyAdd(sa, sb, sc), Scalar.Fma(sa, sb, sc),
                Vec128.Fma(Vector128.Create(sa), Vector128.Create(sb), Vector128.Create(sc))[3],
                Vec256.Fma(Vector256.Create(sa), Vector256.Create(sb), Vector256.Create(sc))[7],
                    Vec512.Fma(Vector512.Create(sa), Vector512.Create(sb), Vector512.Create(sc))[15]);
        }
    }

    private static void Same(double expected, params ReadOnlySpan<double> actual)
    {
        foreach (var value in actual)
        {
            if (!Ulp.SameBits(value, expected))
            {
                Assert.Fail($"{value:R} instead of {expected:R}");
            }
        }
    }
}
