namespace Mnist.Datasets;

/// <summary>Images of 28 × 28 pixels and what they show: one of ten classes each.</summary>
internal sealed class Digits
{
    /// <summary>Height and width of an image.</summary>
    public const int Side = 28;

    /// <summary>Pixels of an image.</summary>
    public const int Pixels = Side * Side;

    /// <summary>Number of classes; labels are 0 to 9.</summary>
    public const int Classes = 10;

    private readonly byte[] _images;
    private readonly byte[] _labels;

    private Digits(byte[] images, byte[] labels) => (_images, _labels) = (images, labels);

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Reads <c>NAME-images-idx3-ubyte</c> and <c>NAME-labels-idx1-ubyte</c>, gzipped or not.</summary>
    /// <param name="directory">Where they are.</param>
    /// <param name="name"><c>train</c> or <c>t10k</c>.</param>
    /// <exception cref="UserError">A file is missing or damaged, or the two do not fit together.</exception>
    public static Digits Load(string directory, string name)
    {
        var images = IdxFile.Read(Find(directory, $"{name}-images-idx3-ubyte"), rank: 3);
        var labels = IdxFile.Read(Find(directory, $"{name}-labels-idx1-ubyte"), rank: 1);
        if (images.Extents is not [var count, Side, Side])
        {
            throw new UserError(
                $"{images.Path}: images of {images.Extents[1]} × {images.Extents[2]} pixels, expected {Side} × {Side}");
        }

        if (count != labels.Values.Length)
        {
            throw new UserError($"{labels.Path}: {labels.Values.Length} labels for {count} images");
        }

        var wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        return wrong < 0
            ? new Digits(images.Values, labels.Values)
            : throw new UserError(
                $"{labels.Path}: label {wrong} is {labels.Values[wrong]}, expected 0 to {Classes - 1}");
    }

    /// <summary>Copies chosen images, scaled to [0, 1], and their labels to a batch.</summary>
    /// <param name="chosen">Which images, in which order.</param>
    /// <param name="images"><see cref="Pixels"/> elements for each.</param>
    /// <param name="labels">One element for each.</param>
    public void CopyTo(ReadOnlySpan<int> chosen, Span<float> images, Span<int> labels)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            labels[i] = _labels[chosen[i]];
            var source = _images.AsSpan(chosen[i] * Pixels, Pixels);
            var target = images.Slice(i * Pixels, Pixels);
            for (var pixel = 0; pixel < source.Length; pixel++)
            {
                target[pixel] = source[pixel] * (1f / byte.MaxValue);
            }
        }
    }

    // Archives carry these files as train-images-idx3-ubyte or train-images.idx3-ubyte, as they are or gzipped.
    private static string Find(string directory, string name)
    {
        string[] names = [name, $"{name}.gz", name.Replace("-idx", ".idx"), $"{name.Replace("-idx", ".idx")}.gz"];
        return names.Select(each => Path.Combine(directory, each)).FirstOrDefault(File.Exists)
            ?? throw new UserError($"{directory}: there is no {name}, with or without .gz");
    }
}
