using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

[TestFixture]
public sealed class MaskTests
{
    [Test]
    public void Masks_EveryPattern_RoundTripAndReduce()
    {
        for (var pattern = 0; pattern < 256; pattern++)
        {
            var bytes = Enumerable.Range(0, 8).Select(i => (byte)(pattern >> i & 1)).ToArray();
            var lanes = Array.ConvertAll(bytes, b => -b);
            var mask = Vec256.LoadMask(ref bytes[0]);
            var (lo, hi) = (Vec128.LoadMask(ref bytes[0]), Vec128.LoadMask(ref bytes[4]));
            var stored = new byte[10];
            var storedNarrow = new byte[10];
            Vec256.StoreMask(mask, ref stored[1]);
            Vec128.StoreMask(lo, ref storedNarrow[1]);
            Vec128.StoreMask(hi, ref storedNarrow[5]);
            Assert.Multiple(() =>
            {
                Assert.That(mask, Is.EqualTo(Vector256.Create(lanes)));
                Assert.That(Vector256.Create(lo, hi), Is.EqualTo(mask));
                Assert.That(stored, Is.EqualTo((byte[])[0, .. bytes, 0]));
                Assert.That(storedNarrow, Is.EqualTo(stored));
                Assert.That(Vec256.Any(mask), Is.EqualTo(pattern != 0));
                Assert.That(Vec128.Any(lo, hi), Is.EqualTo(pattern != 0));
                Assert.That(Vec256.All(mask), Is.EqualTo(pattern == 255));
                Assert.That(Vec128.All(lo, hi), Is.EqualTo(pattern == 255));
                Assert.That(Vec256.Narrow(Vec256.WidenLow(mask), Vec256.WidenHigh(mask)), Is.EqualTo(mask));
                Assert.That(Vec256.WidenHigh(mask)[3], Is.EqualTo((long)lanes[7]));
                Assert.That(Vec128.Narrow(Vec128.WidenLow(lo), Vec128.WidenHigh(lo)), Is.EqualTo(lo));
                Assert.That(Vec128.WidenHigh(hi)[1], Is.EqualTo((long)lanes[7]));
            });
        }
    }

    [Test]
    public void WidestMasks_EveryPattern_RoundTripAndReduce()
    {
        for (var pattern = 0; pattern < 65536; pattern++)
        {
            var bytes = Enumerable.Range(0, 16).Select(i => (byte)(pattern >> i & 1)).ToArray();
            var mask = Vec512.LoadMask(ref bytes[0]);
            var expected = Vector512.Create(Vec256.LoadMask(ref bytes[0]), Vec256.LoadMask(ref bytes[8]));
            var stored = new byte[18];
            Vec512.StoreMask(mask, ref stored[1]);
            var isRight = mask == expected
                && stored.AsSpan().SequenceEqual((byte[])[0, .. bytes, 0])
                && Vec512.Any(mask) == (pattern != 0)
                && Vec512.All(mask) == (pattern == 65535)
                && Vec512.Narrow(Vec512.WidenLow(mask), Vec512.WidenHigh(mask)) == mask
                && Vec512.WidenHigh(mask)[7] == -bytes[15];
            Assert.That(isRight, $"pattern {pattern:X4}");
        }
    }

    [Test]
    public void LoadMask_ByteAboveOne_IsTrue()
    {
        byte[] bytes = [0, 1, 2, 127, 128, 255, 0, 64];
        Assert.That(Vec256.LoadMask(ref bytes[0]), Is.EqualTo(Vector256.Create(0, -1, -1, -1, -1, -1, 0, -1)));
        Assert.That(Vec128.LoadMask(ref bytes[4]), Is.EqualTo(Vector128.Create(-1, -1, 0, -1)));
        byte[] twice = [.. bytes, .. bytes];
        Assert.That(Vec512.LoadMask(ref twice[0]).GetUpper(), Is.EqualTo(Vec256.LoadMask(ref bytes[0])));
    }

    [Test]
    public void Iota_Lanes_CountFromZero()
    {
        Assert.That(Vec512.Iota, Is.EqualTo(Vector512<int>.Indices));
        Assert.That(Vec256.Iota, Is.EqualTo(Vector256<int>.Indices));
        Assert.That(Vec128.Iota, Is.EqualTo(Vector128<int>.Indices));
    }
}
