using System.Text;
using Mnist;
using Mnist.Datasets;

namespace NativeClassifier;

/// <summary>
/// Images of 28 × 28 gray pixels in the binary PGM format: <c>P5 28 28 255</c>, then a byte for each pixel, white ink on
/// black.
/// </summary>
internal static class GrayImage
{
    private const int MaxHeader = 1024;

    /// <summary>Reads an image as the network wants it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixels">784 elements, from 0 to 1.</param>
    /// <exception cref="UserError">It is no such image.</exception>
    public static void Read(string path, Span<float> pixels)
    {
        using var file = File.OpenRead(path);
        if (file.Length > MaxHeader + Digits.Pixels)
        {
            throw new UserError($"{path}: too long for an image of {Digits.Side} × {Digits.Side} pixels");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var start = bytes.Length - Digits.Pixels;
        if (start < 0 || Header(bytes.AsSpan(0, start)) is not ["P5", "28", "28", "255"])
        {
            throw new UserError($"{path}: not a binary PGM file of {Digits.Side} × {Digits.Side} pixels, 255 levels");
        }

        for (var i = 0; i < Digits.Pixels; i++)
        {
            pixels[i] = bytes[start + i] * (1f / byte.MaxValue);
        }
    }

    // Words between blanks; a comment goes from # to the end of its line.
    private static string[] Header(ReadOnlySpan<byte> bytes) =>
    [
        .. Encoding.ASCII.GetString(bytes).Split('\n').Select(static line => line.Split('#')[0])
            .SelectMany(static line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
    ];
}
