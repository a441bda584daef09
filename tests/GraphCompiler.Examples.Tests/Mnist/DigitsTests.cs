using global::Mnist;
using global::Mnist.Datasets;

namespace GraphCompiler.Examples.Tests.Mnist;

public sealed class DigitsTests
{
    [TestCase("train-images-idx3-ubyte", "train-labels-idx1-ubyte")]
    [TestCase("train-images.idx3-ubyte", "train-labels.idx1-ubyte")]
    [TestCase("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")]
    [TestCase("train-images.idx3-ubyte.gz", "train-labels-idx1-ubyte")]
    public void Load_EitherName_FindsFiles(string images, string labels)
    {
        using var folder = new TemporaryFolder();
        Write(folder, images, Idx.Images(12));
        Write(folder, labels, Idx.Labels(12));
        Assert.That(Digits.Load(folder.Path, "train").Count, Is.EqualTo(12));
    }

    [Test]
    public void Load_TheDataOfTheExample_Has60000And10000Images()
    {
        var data = Path.Combine(Path.GetDirectoryName(typeof(Digits).Assembly.Location)!, "data");
        Assert.That(Digits.Load(data, "train").Count, Is.EqualTo(60_000));
        Assert.That(Digits.Load(data, "t10k").Count, Is.EqualTo(10_000));
    }

    [Test]
    public void Load_FileMissing_NamesFolderAndFile([Values("images-idx3", "labels-idx1")] string missing)
    {
        using var folder = Idx.Dataset(training: 3, test: 2);
        File.Delete(folder.File($"t10k-{missing}-ubyte"));
        Refuses(folder, "t10k", $"there is no t10k-{missing}-ubyte");
    }

    [Test]
    public void Load_FolderMissing_NamesIt() =>
        Assert.That(
            () => Digits.Load("/no/such/folder", "train"),
            Throws.TypeOf<UserError>().With.Message.StartsWith("/no/such/folder"));

    [Test]
    public void Load_CountsDiffer_SaysBoth()
    {
        using var folder = Idx.Dataset(training: 3, test: 2);
        folder.Write("train-labels-idx1-ubyte", Idx.Labels(4));
        Refuses(folder, "train", "4 labels for 3 images");
    }

    [Test]
    public void Load_LabelTen_SaysWhichOne()
    {
        using var folder = Idx.Dataset(training: 3, test: 2);
        folder.Write("train-labels-idx1-ubyte", Idx.File(Idx.LabelMagic, [3], 9, 10, 0));
        Refuses(folder, "train", "label 1 is 10, expected 0 to 9");
    }

    [Test]
    public void Load_OtherImageSize_SaysBoth()
    {
        using var folder = Idx.Dataset(training: 3, test: 2);
        folder.Write("train-images-idx3-ubyte", Idx.File(Idx.ImageMagic, [3, 2, 4], new byte[24]));
        Refuses(folder, "train", "images of 2 × 4 pixels, expected 28 × 28");
    }

    [Test]
    public void Load_ImagesAndLabelsSwapped_IsWrongMagicNumber()
    {
        using var folder = Idx.Dataset(training: 3, test: 2);
        folder.Write("train-images-idx3-ubyte", Idx.Labels(3));
        Refuses(folder, "train", "wrong magic number 0x00000801, expected 0x00000803");
    }

    [Test]
    public void CopyTo_ChosenImages_ScalesThemInThatOrder()
    {
        using var folder = Idx.Dataset(training: 20, test: 2);
        var (images, labels) = (new float[2 * 784], new int[2]);
        Digits.Load(folder.Path, "train").CopyTo([13, 4], images, labels);
        Assert.That(labels, Is.EqualTo(new[] { 3, 4 }));
        Assert.That(images[5], Is.EqualTo((13 * 784 + 5) * 7 % 256 / 255f).Within(1e-7));
        Assert.That(images[784], Is.EqualTo(4 * 784 * 7 % 256 / 255f).Within(1e-7));
        Assert.That(images, Is.All.InRange(0f, 1f));
    }

    private static void Write(TemporaryFolder folder, string name, byte[] contents) =>
        folder.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? Idx.Zip(contents) : contents);

    private static void Refuses(TemporaryFolder folder, string name, string message) =>
        Assert.That(() => Digits.Load(folder.Path, name), Throws.TypeOf<UserError>().With.Message.Contains(message));
}
