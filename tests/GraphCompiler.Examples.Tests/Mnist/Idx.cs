using System.Buffers.Binary;
using System.IO.Compression;

namespace GraphCompiler.Examples.Tests.Mnist;

/// <summary>Makes IDX files, whole and otherwise.</summary>
internal static class Idx
{
    public const int ImageMagic = 0x803;
    public const int LabelMagic = 0x801;

    public static byte[] File(int magic, uint[] extents, params ReadOnlySpan<byte> values)
    {
        var file = new byte[4 + 4 * extents.Length + values.Length];
        BinaryPrimitives.WriteInt32BigEndian(file, magic);
        for (var axis = 0; axis < extents.Length; axis++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 + 4 * axis), extents[axis]);
        }

        values.CopyTo(file.AsSpan(4 + 4 * extents.Length));
        return file;
    }

    /// <summary>Images whose pixels count up, each image from another start.</summary>
    public static byte[] Images(int count)
    {
        var pixels = new byte[count * 784];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i * 7);
        }

        return File(ImageMagic, [(uint)count, 28, 28], pixels);
    }

    /// <summary>Labels 0, 1, … 9, 0, …</summary>
    public static byte[] Labels(int count) =>
        File(LabelMagic, [(uint)count], [.. Enumerable.Range(0, count).Select(static i => (byte)(i % 10))]);

    public static byte[] Zip(byte[] contents)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Optimal))
        {
            zip.Write(contents);
        }

        return target.ToArray();
    }

    /// <summary>A folder with the four files that the program wants.</summary>
    public static TemporaryFolder Dataset(int training, int test)
    {
        var folder = new TemporaryFolder();
        folder.Write("train-images-idx3-ubyte", Images(training));
        folder.Write("train-labels-idx1-ubyte", Labels(training));
        folder.Write("t10k-images-idx3-ubyte", Images(test));
        folder.Write("t10k-labels-idx1-ubyte", Labels(test));
        return folder;
    }
}
