using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Tests.Support;

namespace GraphCompiler.Runtime.Tests.Vectors;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class UnaryFunctionTests
{
    private const int Seed = 20_240;

    private static IEnumerable<string> Names => UnaryFunction.All.Select(f => f.Name);

    [Test]
    public void Single_SweepOfAllBitPatterns_WithinBound([ValueSource(nameof(Names))] string name)
    {
        var f = Function(name);
        const uint Stride = 409; // prime: 10.5 million of the 2^32 values
        Report(f, SingleSweep(f, 0, uint.MaxValue, Stride), f.SingleBound);
    }

    [TestCase("Exp", 1e-8f, 0.36f, 31u)] // the reduced range
    [TestCase("Exp", -1e-8f, -0.36f, 31u)]
    [TestCase("Exp", 87.3f, 89f, 1u)] // overflow
    [TestCase("Exp", -87.3f, -104.5f, 3u)] // subnormal results
    [TestCase("Log", 0f, 1.2e-38f, 11u)] // subnormal arguments
    [TestCase("Log", 0.98f, 1.02f, 1u)] // relative accuracy about 1
    [TestCase("Log", 0.7f, 1.42f, 7u)] // both ends of the reduced range
    [TestCase("Tanh", 0f, 1e-30f, 1021u)]
    [TestCase("Tanh", 0.05f, 9.5f, 31u)]
    [TestCase("Tanh", 7f, 9.5f, 5u)] // where the bound is attained
    [TestCase("Sigmoid", -87f, -104.5f, 5u)] // subnormal results
    [TestCase("Sigmoid", -0.1f, -17f, 31u)]
    [TestCase("Erf", 0f, 1e-30f, 1021u)]
    [TestCase("Erf", 0.05f, 4.1f, 31u)]
    [TestCase("Erf", 0.9f, 1.1f, 3u)] // where both pieces meet, and the bound is attained
    [TestCase("NormalCdf", 0f, 0.2f, 1021u)] // where the bound is attained
    [TestCase("NormalCdf", -0.05f, -5.8f, 31u)]
    [TestCase("NormalCdf", 0.05f, 5.8f, 31u)]
    public void Single_DelicateInterval_WithinBound(string name, float from, float to, uint stride)
    {
        var f = Function(name);
        var worst = SingleSweep(
            f, BitConverter.SingleToUInt32Bits(from), BitConverter.SingleToUInt32Bits(to), stride);
        Report(f, worst, f.SingleBound);
    }

    [Test]
    public void Double_RandomArguments_WithinBound([ValueSource(nameof(Names))] string name)
    {
        var f = Function(name);
        var random = new System.Random(Seed);
        var worst = (Ulp: 0.0, At: 0.0);
        var x = new double[4];
        for (var i = 0; i < 40_000; i++)
        {
            for (var lane = 0; lane < 4; lane++)
            {
                x[lane] = DoubleSample(f, random);
            }

            var y = f.Double256(Vector256.Create(x));
            for (var lane = 0; lane < 4; lane++)
            {
                var ulp = f.Precise(x[lane]).UlpTo(y[lane], f.LeastExponent ?? -1022);
                worst = ulp > worst.Ulp ? (ulp, x[lane]) : worst;
            }
        }

        Report(f, worst, f.DoubleBound);
    }

    [Test]
    public void Single_EveryWidth_SameBits([ValueSource(nameof(Names))] string name)
    {
        var f = Function(name);
        for (ulong start = 0; start <= uint.MaxValue; start += 16 * 8209)
        {
            var (low, high) = (SinglePatterns(start, 8209), SinglePatterns(start + (8 * 8209), 8209));
            var widest = f.Single512(Vector512.Create(low, high));
            for (var lane = 0; lane < 16; lane++)
            {
                var x = lane < 8 ? low : high;
                var wide = f.Single256(x)[lane & 7];
                var narrow = f.Single128((lane & 4) == 0 ? x.GetLower() : x.GetUpper())[lane & 3];
                var single = f.Single(x[lane & 7]);
                if (!Ulp.SameBits(widest[lane], single) || !Ulp.SameBits(wide, single) || !Ulp.SameBits(narrow, single))
                {
                    Assert.Fail($"{f}({x[lane & 7]:R}): {widest[lane]:R}, {wide:R}, {narrow:R}, {single:R}");
                }
            }
        }
    }

    [Test]
    public void Double_EveryWidth_SameBits([ValueSource(nameof(Names))] string name)
    {
        var f = Function(name);
        var random = new System.Random(Seed + 1);
        for (var i = 0; i < 100_000; i++)
        {
            var x = Vector256.Create(
                BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                DoubleSample(f, random),
                DoubleSample(f, random));
            var wide = f.Double256(x);
            var narrow = Vector256.Create(f.Double128(x.GetLower()), f.Double128(x.GetUpper()));
            var widest = f.Double512(Vector512.Create(x, -x));
            var mirrored = f.Double256(-x);
            for (var lane = 0; lane < 4; lane++)
            {
                var single = f.Double(x[lane]);
                if (!Ulp.SameBits(wide[lane], single) || !Ulp.SameBits(narrow[lane], single)
                    || !Ulp.SameBits(widest[lane], single) || !Ulp.SameBits(widest[lane + 4], mirrored[lane]))
                {
                    Assert.Fail($"{f}(±{x[lane]:R}): {widest}, {wide[lane]:R}, {narrow[lane]:R}, {single:R}");
                }
            }
        }
    }

    private static UnaryFunction Function(string name) => UnaryFunction.All.Single(f => f.Name == name);

    /// <summary>Half from the function's range, a quarter each about 0 and about ±1 at every magnitude.</summary>
    private static double DoubleSample(UnaryFunction f, System.Random random)
    {
        var sample = random.Next(4) switch
        {
            0 => Math.ScaleB(random.NextDouble() + 1, random.Next(-80, 4)),
            1 => 1 + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(0, 52)),
            _ => f.Range.From + (random.NextDouble() * (f.Range.To - f.Range.From)),
        };
        return f.Range.From < 0 && random.Next(2) == 0 ? Math.Max(-sample, f.Range.From) : sample;
    }

    private static Vector256<float> SinglePatterns(ulong start, ulong stride)
    {
        Span<float> x = stackalloc float[8];
        for (var lane = 0; lane < 8; lane++)
        {
            x[lane] = BitConverter.UInt32BitsToSingle((uint)(start + ((ulong)lane * stride)));
        }

        return Vector256.Create<float>(x);
    }

    private static (double Ulp, double At) SingleSweep(UnaryFunction f, uint from, uint to, uint stride)
    {
        var worst = (Ulp: 0.0, At: 0.0);
        for (ulong start = from; start <= to; start += 8 * (ulong)stride)
        {
            var x = SinglePatterns(start, stride);
            var y = f.Single256(x);
            for (var lane = 0; lane < 8; lane++)
            {
                var ulp = Ulp.Distance(y[lane], f.Definition(x[lane]), f.LeastExponent ?? -126);
                worst = ulp > worst.Ulp ? (ulp, x[lane]) : worst;
            }
        }

        return worst;
    }

    private static void Report(UnaryFunction f, (double Ulp, double At) worst, double bound)
    {
        TestContext.Out.WriteLine($"{f}: {worst.Ulp:F4} ULP at {worst.At:R}");
        Assert.That(worst.Ulp, Is.LessThanOrEqualTo(bound + Ulp.WithoutFma), $"{f} at {worst.At:R}");
    }
}
