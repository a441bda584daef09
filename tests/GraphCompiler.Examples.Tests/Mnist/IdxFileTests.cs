using global::Mnist;
using global::Mnist.Datasets;

namespace GraphCompiler.Examples.Tests.Mnist;

public sealed class IdxFileTests
{
    private static readonly byte[] Whole = Idx.File(Idx.LabelMagic, [5], 3, 1, 4, 1, 5);

    [Test]
    public void Read_PlainOrZippedWhateverTheName_ReturnsExtentsAndValues(
        [Values] bool zipped, [Values("a", "a.gz")] string name)
    {
        using var folder = new TemporaryFolder();
        var file = IdxFile.Read(folder.Write(name, zipped ? Idx.Zip(Whole) : Whole), rank: 1);
        Assert.That(file.Extents, Is.EqualTo(new[] { 5 }));
        Assert.That(file.Values, Is.EqualTo(new byte[] { 3, 1, 4, 1, 5 }));
    }

    [Test]
    public void Read_FileMissing_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Assert.That(
            () => IdxFile.Read(folder.File("nothing"), rank: 1),
            Throws.TypeOf<UserError>().With.Message.Contains("cannot be read"));
    }

    [Test]
    public void Read_EveryPlainPrefix_IsTruncated([Range(0, 12)] int length) => Refuses(Whole[..length], "truncated");

    [Test]
    public void Read_ZippedPrefix_IsTruncated([Range(0, 12)] int length) =>
        Refuses(Idx.Zip(Whole[..length]), "truncated");

    [Test]
    public void Read_EveryPrefixOfZippedFile_IsRefused()
    {
        var zipped = Idx.Zip(Idx.Images(3));
        for (var length = 0; length < zipped.Length; length++)
        {
            Refuses(zipped[..length], "");
        }
    }

    [Test]
    public void Read_EachByteOfZippedFileDamaged_IsRefusedOrHarmless()
    {
        var zipped = Idx.Zip(Idx.Images(3));
        using var folder = new TemporaryFolder();
        var refused = 0;
        for (var at = 0; at < zipped.Length; at++)
        {
            var damaged = (byte[])zipped.Clone();
            damaged[at] ^= 0x55;
            var path = folder.Write("file", damaged);
            try
            {
                Assert.That(IdxFile.Read(path, rank: 3).Values, Has.Length.EqualTo(3 * 784)); // time stamp and the like
            }
            catch (UserError)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(zipped.Length - 10));
    }

    [Test]
    public void Read_BytesAfterTheEnd_IsTooLong([Values] bool zipped)
    {
        byte[] longer = [.. Whole, 9];
        Refuses(zipped ? Idx.Zip(longer) : longer, "too long");
    }

    [TestCase(0x803)]
    [TestCase(0x901)]
    [TestCase(0x1000801)]
    [TestCase(0x1080000)]
    public void Read_OtherMagicNumber_IsWrong(int magic) => Refuses(Idx.File(magic, [1], 7), "wrong magic number");

    [Test]
    public void Read_HeaderClaimsTwoToThe31Items_IsRefusedBeforeAllocation([Values] bool zipped)
    {
        var file = Idx.File(Idx.LabelMagic, [1u << 31], 1, 2, 3);
        Refuses(zipped ? Idx.Zip(file) : file, "between 1 and 1,073,741,824 bytes");
    }

    [Test]
    public void Read_ProductOfExtentsOverflows_IsRefusedBeforeAllocation()
    {
        Refuses(Idx.File(Idx.ImageMagic, [65536, 65536, 65536], 1, 2, 3), "between 1 and", rank: 3);
        Refuses(Idx.File(Idx.ImageMagic, [~0u, ~0u, ~0u], 1, 2, 3), "between 1 and", rank: 3);
    }

    [Test]
    public void Read_HeaderClaimsMoreThanFileCanHold_AllocatesNothing([Values] bool zipped)
    {
        var file = Idx.File(Idx.LabelMagic, [1u << 30], 1, 2, 3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuses(zipped ? Idx.Zip(file) : file, "cannot hold them");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void Read_ExtentZero_IsRefused() => Refuses(Idx.File(Idx.LabelMagic, [0]), "extent 0 as 0");

    [Test]
    public void Read_ZipBomb_StopsAtThePromisedSize()
    {
        var bomb = Idx.Zip([.. Whole, .. new byte[32 << 20]]);
        using var folder = new TemporaryFolder();
        var path = folder.Write("file", bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => IdxFile.Read(path, rank: 1), Throws.TypeOf<UserError>().With.Message.Contains("too long"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    private static void Refuses(byte[] contents, string message, int rank = 1)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("file", contents);
        var error = Assert.Throws<UserError>(() => IdxFile.Read(path, rank))!;
        Assert.That(error.Message, Does.StartWith(path).And.Contains(message));
    }
}
