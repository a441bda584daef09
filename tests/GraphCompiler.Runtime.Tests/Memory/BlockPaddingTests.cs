using GraphCompiler.Runtime.Memory;

namespace GraphCompiler.Runtime.Tests.Memory;

public sealed class BlockPaddingTests
{
    [TestCase(0, 0)]
    [TestCase(1, 64)]
    [TestCase(65, 128)]
    [TestCase((128 << 10) - 64, (128 << 10) - 64)]
    public void Padded_SmallBlocks_AreWholeLines(long bytes, long padded) => Assert.That(BlockPadding.Padded(bytes), Is.EqualTo(padded));

    [Test]
    public void Padded_LargeBlocksInARow_BeginAtDifferentPlacesOfAPage([Values(128 << 10, 768 * 4096 * 4, (1 << 20) + 68)] long bytes)
    {
        var places = Enumerable.Range(0, 64).Select(i => i * BlockPadding.Padded(bytes) % 4096).ToArray();
        Assert.That(places, Is.Unique.And.All.Matches<long>(static p => p % 64 == 0));
        Assert.That(BlockPadding.Padded(bytes) - bytes, Is.InRange(0, 4096 + 63));
    }

    [Test]
    public void Padded_BeyondTheRange_Throws() => Assert.That(static () => BlockPadding.Padded(long.MaxValue - 100), Throws.TypeOf<OverflowException>());
}
