using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Mnist.Datasets;

/// <summary>
/// An array of bytes in the IDX format, as MNIST and its relatives use it: two zero bytes, the element type (8 is an
/// unsigned byte), the rank, the extents as big-endian 32-bit integers, then the elements in row-major order. A file
/// may be gzipped, whatever it is called.
/// </summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Extents">Outermost first; each at least 1.</param>
/// <param name="Values">As many as the product of the extents.</param>
internal sealed record IdxFile(string Path, int[] Extents, byte[] Values)
{
    private const int UnsignedByte = 8;
    private const long MaxBytes = 1L << 30;
    private const int MaxDeflateRatio = 1032; // a deflate stream cannot expand further than this

    /// <summary>Reads a file, and believes nothing that its header says before the file's size bears it out.</summary>
    /// <param name="path">An IDX file, gzipped or not.</param>
    /// <param name="rank">The number of extents that it must have.</param>
    /// <exception cref="UserError">It is missing, damaged, too long, too short or of another kind.</exception>
    public static IdxFile Read(string path, int rank)
    {
        try
        {
            using var file = File.OpenRead(path);
            var zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            using var unzipped = zipped ? new GZipStream(file, CompressionMode.Decompress) : null;
            var longest = zipped ? file.Length * MaxDeflateRatio : file.Length;
            return Read(path, rank, (Stream?)unzipped ?? file, longest);
        }
        catch (InvalidDataException damaged)
        {
            throw new UserError($"{path}: damaged gzip data ({damaged.Message.TrimEnd('.')})", damaged);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserError($"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static IdxFile Read(string path, int rank, Stream stream, long longest)
    {
        var header = new byte[4 + 4 * rank];
        var got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var (magic, expected) = (BinaryPrimitives.ReadUInt32BigEndian(header), (UnsignedByte << 8) | rank);
        if (got >= 4 && magic != expected)
        {
            throw new UserError($"{path}: wrong magic number 0x{magic:X8}, expected 0x{expected:X8}");
        }

        if (got < header.Length)
        {
            throw new UserError($"{path}: truncated, the header takes {header.Length} bytes");
        }

        var extents = ReadExtents(path, header.AsSpan(4));
        var size = extents.Aggregate(1L, (product, extent) => product * extent);
        if (header.Length + size > longest)
        {
            throw new UserError(
                $"{path}: truncated, the header promises {Count(size)} bytes and the file cannot hold them");
        }

        var values = new byte[size];
        var read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (read < values.Length)
        {
            throw new UserError($"{path}: truncated, {Count(read)} of {Count(size)} bytes");
        }

        return stream.ReadByte() < 0
            ? new IdxFile(path, extents, values)
            : throw new UserError($"{path}: too long, more than the {Count(size)} bytes that its header promises");
    }

    private static int[] ReadExtents(string path, ReadOnlySpan<byte> header)
    {
        var extents = new int[header.Length / 4];
        var size = 1L;
        for (var axis = 0; axis < extents.Length; axis++)
        {
            var extent = BinaryPrimitives.ReadUInt32BigEndian(header[(4 * axis)..]);
            if (extent == 0 || extent > MaxBytes / size)
            {
                throw new UserError(
                    $"{path}: the header gives extent {axis} as {Count(extent)}; " +
                    $"the whole must be between 1 and {Count(MaxBytes)} bytes");
            }

            extents[axis] = (int)extent;
            size *= extent;
        }

        return extents;
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
