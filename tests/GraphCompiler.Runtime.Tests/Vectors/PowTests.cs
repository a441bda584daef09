using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Tests.Support;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PowTests
{
    private const double SingleBound = 0.51;
    private const double DoubleBound = 1.1;

    private static readonly double[] Specials =
    [
        0.0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 2.5, -2.5, 0.999, 1.001, -0.999, 1e10, -1e10, 16777215, -16777215,
        16777217, 9007199254740991, -9007199254740991, 9007199254740993, 4503599627370497.5, -4503599627370495.5,
        1e-45, -1e-45, 1e38, -1e38, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    // .NET documents Math.Pow with the special values of IEEE 754; those results are exact, and the reference here.
    [Test]
    public void Double_SpecialPairs_AsMathPow()
    {
        foreach (var x in Specials)
        {
            foreach (var y in Specials)
            {
                var expected = Math.Pow(x, y);
                var actual = Scalar.Pow(x, y);
                Assert.That(Near(actual, expected, 1e-15), $"{x:R} ^ {y:R} = {actual:R}, not {expected:R}");
            }
        }
    }

    [Test]
    public void Single_SpecialPairs_AsMathPow()
    {
        foreach (var x in Specials)
        {
            foreach (var y in Specials)
            {
                var expected = (float)Math.Pow((float)x, (float)y);
                var actual = Scalar.Pow((float)x, (float)y);
                Assert.That(Near(actual, expected, 1e-7), $"{(float)x:R} ^ {(float)y:R} = {actual:R}, not {expected:R}");
            }
        }
    }

    [Test]
    public void Single_RandomArguments_WithinBound()
    {
        var random = new System.Random(21);
        var worst = (Ulp: 0.0, X: 0f, Y: 0f);
        for (var i = 0; i < 1_000_000; i++)
        {
            var (wideX, wideY) = Sample(random, 150 * Math.Log(2), i);
            var (x, y) = ((float)wideX, (float)wideY);
            var ulp = Ulp.Distance(Scalar.Pow(x, y), Math.Pow(x, y));
            worst = ulp > worst.Ulp ? (ulp, x, y) : worst;
        }

        TestContext.Out.WriteLine($"{worst.Ulp:F4} ULP at {worst.X:R} ^ {worst.Y:R}");
        Assert.That(worst.Ulp, Is.LessThanOrEqualTo(SingleBound + Ulp.WithoutFma), $"{worst.X:R} ^ {worst.Y:R}");
    }

    [Test]
    public void Double_RandomArguments_WithinBound()
    {
        var random = new System.Random(22);
        var worst = (Ulp: 0.0, X: 0.0, Y: 0.0);
        for (var i = 0; i < 80_000; i++)
        {
            var (x, y) = Sample(random, 1100 * Math.Log(2), i);
            var ulp = Precise.Pow(x, y).UlpTo(Scalar.Pow(x, y));
            worst = ulp > worst.Ulp ? (ulp, x, y) : worst;
        }

        TestContext.Out.WriteLine($"{worst.Ulp:F4} ULP at {worst.X:R} ^ {worst.Y:R}");
        Assert.That(worst.Ulp, Is.LessThanOrEqualTo(DoubleBound + Ulp.WithoutFma), $"{worst.X:R} ^ {worst.Y:R}");
    }

    [Test]
    public void AllWidths_RandomAndSpecialPairs_SameBits()
    {
        var random = new System.Random(23);
        var x = new double[8];
        var y = new double[8];
        for (var i = 0; i < 20_000; i++)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                (x[lane], y[lane]) = lane switch
                {
                    0 => (Specials[random.Next(Specials.Length)], Specials[random.Next(Specials.Length)]),
                    1 => (BitConverter.Int64BitsToDouble(random.NextInt64()), random.Next(-20, 20) / 2.0),
                    _ => Sample(random, lane < 4 ? 760 : 104, i + lane),
                };
            }

            CheckWidths(x, y);
        }
    }

    private static void CheckWidths(double[] x, double[] y)
    {
        var wide = Vec256.Pow(Vector256.Create(x), Vector256.Create(y));
        var (sx, sy) = (Array.ConvertAll(x, v => (float)v), Array.ConvertAll(y, v => (float)v));
        var single = Vec256.Pow(Vector256.Create(sx), Vector256.Create(sy));
        var widest = Vec512.Pow(Vector512.Create(x), Vector512.Create(y));
        var widestSingle = Vec512.Pow(
            Vector512.Create(Vector256.Create(sx), Vector256.Create(sy)),
            Vector512.Create(Vector256.Create(sy), Vector256.Create(sx)));
        for (var lane = 0; lane < 8; lane++)
        {
            var half = lane & ~3;
            var narrow = Vec128.Pow(Vector128.Create(sx, half), Vector128.Create(sy, half))[lane & 3];
            var same = Ulp.SameBits(single[lane], narrow) && Ulp.SameBits(narrow, Scalar.Pow(sx[lane], sy[lane]));
            same &= Ulp.SameBits(widestSingle[lane], narrow)
                && Ulp.SameBits(widestSingle[lane + 8], Scalar.Pow(sy[lane], sx[lane]))
                && Ulp.SameBits(widest[lane], Scalar.Pow(x[lane], y[lane]));
            if (lane < 4)
            {
                var pair = lane & ~1;
                var two = Vec128.Pow(Vector128.Create(x, pair), Vector128.Create(y, pair))[lane & 1];
                same &= Ulp.SameBits(wide[lane], two) && Ulp.SameBits(two, Scalar.Pow(x[lane], y[lane]));
            }

            if (!same)
            {
                Assert.Fail($"{x[lane]:R} ^ {y[lane]:R} in lane {lane}");
            }
        }
    }

    /// <summary>A positive base, near 1 every other time, with an exponent that keeps the result about the range.
    /// </summary>
    private static (double X, double Y) Sample(System.Random random, double logRange, int i)
    {
        var x = i % 2 == 0
            ? 1 + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(0, 23))
            : Math.Exp((random.NextDouble() - 0.5) * 160);
        x = x == 1 ? 2 : x;
        var y = i % 3 == 0 ? (random.NextDouble() - 0.5) * 8 : (random.NextDouble() - 0.5) * 2 * logRange / Math.Log(x);
        return (x, y);
    }

    private static bool Near(double actual, double expected, double tolerance) =>
        double.IsNaN(expected)
            ? double.IsNaN(actual)
            : double.IsNegative(actual) == double.IsNegative(expected)
                && (actual == expected || Math.Abs(actual - expected) <= tolerance * Math.Abs(expected));
}
