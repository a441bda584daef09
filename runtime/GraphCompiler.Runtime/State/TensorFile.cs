using System.Buffers.Binary;
using GraphCompiler.Runtime.Memory;
using Microsoft.Win32.SafeHandles;

namespace GraphCompiler.Runtime.State;

/// <summary>An open file whose header has been checked against its length.</summary>
internal sealed class TensorFile : IDisposable
{
    // One read of the system takes at most 2 GiB.
    private const int Chunk = 1 << 30;

    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly long _data;

    private TensorFile(string path, SafeFileHandle handle)
    {
        _path = path;
        _handle = handle;
        var length = RandomAccess.GetLength(handle);
        Span<byte> prefix = stackalloc byte[Safetensors.LengthBytes];
        if (length < prefix.Length)
        {
            throw SafetensorsHeader.Damaged(path, $"it has {length} bytes, fewer than a header's length takes");
        }

        ReadExactly(prefix, 0);
        var header = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var rest = length - prefix.Length;
        if (header > (ulong)Math.Min(rest, Safetensors.LongestHeader))
        {
            throw SafetensorsHeader.Damaged(
                path, $"its header claims {header} bytes; {rest} follow, at most {Safetensors.LongestHeader} are read");
        }

        var json = new byte[(int)header];
        ReadExactly(json, prefix.Length);
        _data = prefix.Length + json.Length;
        Header = SafetensorsHeader.Parse(json, length - _data, path);
    }

    /// <summary>What is in it.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="GraphException">GRC0430: it is damaged. GRC0432: it cannot be read.</exception>
    public static TensorFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new TensorFile(path, handle);
        }
        catch (Exception e)
        {
            handle?.Dispose();
            if (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw Unreadable(path, e);
            }

            throw;
        }
    }

    /// <summary>Reads the values of one tensor, of a type that variables have.</summary>
    /// <exception cref="GraphException">
    /// GRC0410: out of memory. GRC0430: a value is impossible. GRC0432: it cannot be read.
    /// </exception>
    public AlignedBuffer Read(TensorEntry entry)
    {
        var buffer = new AlignedBuffer(entry.End - entry.Begin);
        try
        {
            for (long done = 0; done < buffer.Length; done += Chunk)
            {
                var part = buffer.AsSpan<byte>(done, Math.Min(Chunk, buffer.Length - done));
                ReadExactly(part, _data + entry.Begin + done);

                // Kernels rely on 0 and 1 being the only truth values in memory.
                if (entry.Type == DType.Bool && part.ContainsAnyExceptInRange((byte)0, (byte)1))
                {
                    throw SafetensorsHeader.Damaged(_path, $"tensor {entry} has a byte other than 0 and 1");
                }
            }

            return buffer;
        }
        catch (Exception e)
        {
            buffer.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw Unreadable(_path, e);
            }

            throw;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static GraphException Unreadable(string path, Exception e) =>
        new("GRC0432", $"Loading requires a file that can be read: \"{path}\": {e.Message}", inner: e);

    private void ReadExactly(Span<byte> destination, long offset)
    {
        while (destination.Length > 0)
        {
            var count = RandomAccess.Read(_handle, destination, offset);
            if (count == 0)
            {
                throw SafetensorsHeader.Damaged(_path, $"it ends at byte {offset}, while it is being read");
            }

            destination = destination[count..];
            offset += count;
        }
    }
}
