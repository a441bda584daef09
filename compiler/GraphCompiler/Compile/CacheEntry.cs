using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GraphCompiler.Compile;

/// <summary>
/// The format of a cache file: the SHA-256 of all that follows; the key; the length of the image in 4 bytes,
/// little-endian; the image; the symbols.
/// </summary>
internal static class CacheEntry
{
    private const int HashLength = SHA256.HashSizeInBytes;
    private const int HeaderLength = 2 * HashLength + sizeof(int);

    /// <summary>The contents of a file.</summary>
    public static byte[] Encode(string key, CompiledAssembly assembly)
    {
        var bytes = new byte[checked(HeaderLength + assembly.Image.Length + assembly.Symbols.Length)];
        Convert.FromHexString(key).CopyTo(bytes, HashLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2 * HashLength), assembly.Image.Length);
        assembly.Image.CopyTo(bytes, HeaderLength);
        assembly.Symbols.CopyTo(bytes, HeaderLength + assembly.Image.Length);
        SHA256.HashData(bytes.AsSpan(HashLength), bytes);
        return bytes;
    }

    /// <summary>What a file holds, or null where it is not what was written for this key.</summary>
    public static CompiledAssembly? Decode(string key, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength
            || !SHA256.HashData(bytes[HashLength..]).AsSpan().SequenceEqual(bytes[..HashLength])
            || !bytes.Slice(HashLength, HashLength).SequenceEqual(Convert.FromHexString(key)))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(2 * HashLength)..]);
        var rest = bytes[HeaderLength..];
        return length >= 0 && length <= rest.Length ? new(rest[..length].ToArray(), rest[length..].ToArray()) : null;
    }
}
