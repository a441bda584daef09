using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Memory;

/// <summary>
/// Where a buffer's memory came from, hence how it goes back. Zeroed; aligned as <see cref="AlignedBuffer"/> promises.
/// </summary>
internal readonly unsafe struct NativeBlock
{
    private readonly nint _mapped;

    private NativeBlock(nint address, nint mapped)
    {
        Address = address;
        _mapped = mapped;
    }

    /// <summary>First byte.</summary>
    public nint Address { get; }

    /// <summary>False when the system has no such block to give.</summary>
    public static bool TryAllocate(nint length, out NativeBlock block)
    {
        if (length >= AlignedBuffer.HugePage)
        {
            // Fresh pages of the system are zero already, and cost nothing until they are touched. What is left over after
            // the last whole huge page is in small ones.
            var padded = (length + Environment.SystemPageSize - 1) & -(nint)Environment.SystemPageSize;
            if (HugePages.TryMap(padded, out var address))
            {
                block = new NativeBlock(address, padded);
                return address != 0;
            }
        }

        var alignment = length >= AlignedBuffer.HugePage ? AlignedBuffer.HugePage : AlignedBuffer.Alignment;
        try
        {
            // A whole number of cache lines, so that no two buffers share one, and an empty buffer has an address of
            // its own.
            const int Line = AlignedBuffer.Alignment;
            var padded = (nuint)Math.Max((length + Line - 1) & -Line, Line);
            var address = NativeMemory.AlignedAlloc(padded, (nuint)alignment);
            NativeMemory.Clear(address, padded);
            block = new NativeBlock((nint)address, 0);
            return true;
        }
        catch (OutOfMemoryException)
        {
            block = default;
            return false;
        }
    }

    /// <summary>Gives the memory back; to be called once.</summary>
    public void Free()
    {
        if (_mapped != 0)
        {
            HugePages.Unmap(Address, _mapped);
        }
        else
        {
            NativeMemory.AlignedFree((void*)Address);
        }
    }
}
