using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>Up to 8 bytes at the end of a row, as an integer whose unread bytes are 0.</summary>
internal static class PartialMemory
{
    internal static ulong ReadBytes(ref readonly byte source, nint count)
    {
        if (count >= 8)
        {
            return Unsafe.ReadUnaligned<ulong>(in source);
        }

        ulong bytes = 0;
        for (nint i = 0; i < count; i++)
        {
            bytes |= (ulong)Unsafe.Add(ref Unsafe.AsRef(in source), i) << (int)(8 * i);
        }

        return bytes;
    }

    internal static void WriteBytes(ulong bytes, ref byte destination, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref destination, i) = (byte)(bytes >> (int)(8 * i));
        }
    }
}
