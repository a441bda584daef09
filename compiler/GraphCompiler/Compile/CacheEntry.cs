using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GraphCompiler.Compile;

/// <summary>
/// The format of a cache file: the SHA-256 of all that follows; the key; the content. That of kernels is the length of
/// the image in 4 bytes, little-endian; the image; the symbols.
/// </summary>
internal static class CacheEntry
{
    private const int HashLength = SHA256.HashSizeInBytes;
    private const int HeaderLength = 2 * HashLength;

    /// <summary>The contents of a file.</summary>
    public static byte[] Seal(string key, ReadOnlySpan<byte> content)
    {
        var bytes = new byte[checked(HeaderLength + content.Length)];
        Convert.FromHexString(key).CopyTo(bytes, HashLength);
        content.CopyTo(bytes.AsSpan(HeaderLength));
        SHA256.HashData(bytes.AsSpan(HashLength), bytes);
        return bytes;
    }

    /// <summary>What a file holds, or null where it is not what was written for this key.</summary>
    public static byte[]? Unseal(string key, ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength
        && SHA256.HashData(bytes[HashLength..]).AsSpan().SequenceEqual(bytes[..HashLength])
        && bytes.Slice(HashLength, HashLength).SequenceEqual(Convert.FromHexString(key))
            ? bytes[HeaderLength..].ToArray()
            : null;

    /// <summary>Kernels as content.</summary>
    public static byte[] Encode(CompiledAssembly assembly)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, assembly.Image.Length);
        return [.. length, .. assembly.Image, .. assembly.Symbols];
    }

    /// <summary>Kernels of a content, or null where it is none.</summary>
    public static CompiledAssembly? Decode(ReadOnlySpan<byte> content)
    {
        if (content.Length < sizeof(int))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(content);
        var rest = content[sizeof(int)..];
        return length >= 0 && length <= rest.Length ? new(rest[..length].ToArray(), rest[length..].ToArray()) : null;
    }
}
