using GraphCompiler.Runtime.Memory;

namespace GraphCompiler.Runtime.Tests.Memory;

[NonParallelizable]
public sealed class AlignedBufferTests
{
    private static readonly long[] Sizes = [0, 1, 63, 64, 65, 4096, (2 << 20) - 1, 2 << 20, (2 << 20) + 1, 5 << 20];

    [TestCaseSource(nameof(Sizes))]
    public void Constructor_AnySize_IsZeroedAndAligned(long size)
    {
        using var buffer = new AlignedBuffer(size);

        var alignment = size >= AlignedBuffer.HugePage ? AlignedBuffer.HugePage : AlignedBuffer.Alignment;
        Assert.That(buffer.Length, Is.EqualTo(size));
        Assert.That((long)buffer.Address, Is.Not.Zero);
        Assert.That((long)buffer.Address % alignment, Is.Zero);
        Assert.That(buffer.AsSpan<byte>().IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        buffer.AsSpan<byte>().Fill(0xFF);
    }

    [Test]
    public void Constructor_AfterAnotherWasFreed_IsZeroed()
    {
        for (var i = 0; i < 100; i++)
        {
            using var buffer = new AlignedBuffer(1000);
            Assert.That(buffer.AsSpan<byte>().IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
            buffer.AsSpan<byte>().Fill(0xFF);
        }
    }

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    [TestCase(long.MaxValue - (2 << 20))]
    [TestCase(1L << 60)]
    public void Constructor_ImpossibleSize_SaysSo(long size)
    {
        var live = AlignedBuffer.LiveBytes;
        var error = Assert.Throws<GraphException>(() => _ = new AlignedBuffer(size));
        Assert.That(error.Id, Is.EqualTo("GRC0410"));
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(live));
    }

    [Test]
    public void AsSpan_OfLargerElements_LeavesTheRestOut()
    {
        using var buffer = new AlignedBuffer(23);
        Assert.That(buffer.AsSpan<double>().Length, Is.EqualTo(2));
        Assert.That(buffer.AsSpan<float>(7, 4).Length, Is.EqualTo(4));
        Assert.That(buffer.AsSpan<float>(23, 0).Length, Is.Zero);
    }

    [TestCase(-1, 1)]
    [TestCase(24, 0)]
    [TestCase(8, 4)]
    [TestCase(0, -1)]
    [TestCase(long.MinValue, 1)]
    [TestCase(0, long.MaxValue)]
    public void AsSpan_OutsideTheBuffer_SaysSo(long offset, long count)
    {
        using var buffer = new AlignedBuffer(23);
        Assert.That(
            () => buffer.AsSpan<float>(offset, count).Length,
            Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0411"));
    }

    [Test]
    public void AsSpan_MoreThanASpanHolds_SaysSo()
    {
        // Untouched pages cost nothing, so this does not take 3 GiB.
        using var buffer = new AlignedBuffer(3L << 30);
        Assert.That(
            () => buffer.AsSpan<byte>().Length,
            Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0411"));
        Assert.That(buffer.AsSpan<float>().Length, Is.EqualTo(3 << 28));
    }

    [Test]
    public void Dispose_Twice_IsHarmlessAndUseAfterwardsThrows()
    {
        var live = AlignedBuffer.LiveBytes;
        var buffer = new AlignedBuffer(100);
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(live + 100));
        buffer.Dispose();
        buffer.Dispose();
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(live));
        Assert.That(AlignedBuffer.PeakBytes, Is.GreaterThanOrEqualTo(live + 100));
        Assert.That(() => buffer.Address, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => buffer.AsSpan<float>().Length, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Finalizer_LostBuffer_ReturnsItsMemory()
    {
        var live = AlignedBuffer.LiveBytes;
        Lose();
        for (var i = 0; i < 10 && AlignedBuffer.LiveBytes != live; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(live));
    }

    [Test]
    public void LiveBytes_ManyThreads_AddsUp()
    {
        var live = AlignedBuffer.LiveBytes;
        Parallel.For(0, 1000, i => new AlignedBuffer(i).Dispose());
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(live));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Lose() => _ = new AlignedBuffer(3 << 20);
}
