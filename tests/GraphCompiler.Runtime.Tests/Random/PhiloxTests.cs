using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.Tests.Random;

public sealed class PhiloxTests
{
    // The known answers of philox4x32 with 10 rounds that the authors publish with their library (Random123,
    // kat_vectors).
    [TestCase(0UL, 0UL, 0UL, 0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u)]
    [TestCase(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu)]
    [TestCase(
        0x299F31D0_A4093822UL,
        0x03707344_13198A2EUL,
        0x85A308D3_243F6A88UL,
        0xD16CFE09u,
        0x94FDCCEBu,
        0x5001E420u,
        0x24126EA1u)]
    public void Block_PublishedVector_IsTheKnownAnswer(
        ulong key, ulong high, ulong low, uint x0, uint x1, uint x2, uint x3)
    {
        var block = Philox.Block(key, high, low);
        Assert.That(block, Is.EqualTo(new PhiloxBlock(x0, x1, x2, x3)));
        Assert.That(block.Low, Is.EqualTo(((ulong)x1 << 32) | x0));
        Assert.That(block.High, Is.EqualTo(((ulong)x3 << 32) | x2));
    }

    [Test]
    public void Uniform_ExtremeBits_StaysBelowOne()
    {
        Assert.That(Philox.UniformSingle(0), Is.Zero);
        Assert.That(Philox.UniformSingle(uint.MaxValue), Is.EqualTo(MathF.BitDecrement(1)));
        Assert.That(Philox.UniformDouble(0), Is.Zero);
        Assert.That(Philox.UniformDouble(ulong.MaxValue), Is.EqualTo(Math.BitDecrement(1)));
    }

    [Test]
    public void Normal_ComplementedBits_IsTheNegative()
    {
        for (ulong i = 0; i < 10_000; i++)
        {
            var bits = Philox.Block(1, 2, i).Low;
            Assert.That(Philox.Normal(~bits), Is.EqualTo(-Philox.Normal(bits)));
        }

        Assert.That(Philox.Normal(ulong.MaxValue), Is.EqualTo(8.2095).Within(1e-4));
    }

    [Test]
    public void Streams_MillionDraws_HaveTheMomentsOfTheirDistributions()
    {
        const int Count = 1_000_000;
        var (uniform, normal) = (new Moments(), new Moments());
        for (ulong i = 0; i < Count / 2; i++)
        {
            var block = Philox.Block(RandomKey.Of(7, "moments"), 0, i);
            uniform.Add(Philox.UniformDouble(block.Low));
            uniform.Add(Philox.UniformSingle(block.X3));
            normal.Add(Philox.Normal(block.Low));
            normal.Add(Philox.Normal(block.High));
        }

        // Five standard errors of each moment; the seed is fixed, so this passes always or never.
        var error = 5 / Math.Sqrt(Count);
        Assert.That(uniform.Mean, Is.EqualTo(0.5).Within(error * Math.Sqrt(1 / 12.0)));
        Assert.That(uniform.Variance, Is.EqualTo(1 / 12.0).Within(error * Math.Sqrt(1 / 180.0)));
        Assert.That(normal.Mean, Is.Zero.Within(error));
        Assert.That(normal.Variance, Is.EqualTo(1).Within(error * Math.Sqrt(2)));
        Assert.That(normal.Fourth, Is.EqualTo(3).Within(error * Math.Sqrt(96)));
    }

    private sealed class Moments
    {
        private double _count;
        private double _sum;
        private double _squares;
        private double _fourths;

        public double Mean => _sum / _count;

        public double Variance => _squares / _count - Mean * Mean;

        public double Fourth => _fourths / _count;

        public void Add(double x)
        {
            _count++;
            _sum += x;
            _squares += x * x;
            _fourths += x * x * x * x;
        }
    }
}
