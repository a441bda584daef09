using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Support;

/// <summary>
/// Memory between two inaccessible pages: a read or write just outside of it ends the process, which no bounds check can
/// miss. Linux only; elsewhere the test that asks for one is ignored.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int None = 0;
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 0x02 | 0x20;

    private readonly nuint _page = (nuint)Environment.SystemPageSize;
    private readonly byte* _mapping;
    private readonly nuint _mapped;

    /// <param name="bytes">Least size of the accessible part; whole pages are mapped.</param>
    public GuardedBuffer(int bytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Guard pages are implemented for Linux.");
        }

        Length = (int)(((nuint)bytes + _page - 1) / _page * _page);
        _mapped = (nuint)Length + (2 * _page);
        var address = Map(0, _mapped, None, PrivateAnonymous, -1, 0);
        if (address == -1)
        {
            throw new InvalidOperationException($"mmap of {_mapped} bytes failed: errno {Marshal.GetLastPInvokeError()}.");
        }

        _mapping = (byte*)address;
        if (Protect((nint)(_mapping + _page), (nuint)Length, ReadWrite) != 0)
        {
            throw new InvalidOperationException($"mprotect failed: errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Bytes that are accessible.</summary>
    public int Length { get; }

    /// <summary>The first elements; what lies before them faults.</summary>
    public Span<T> AtStart<T>(int count)
        where T : unmanaged => new(_mapping + _page, Checked<T>(count));

    /// <summary>The last elements; what lies behind them faults.</summary>
    public Span<T> AtEnd<T>(int count)
        where T : unmanaged => new(_mapping + _page + Length - ((nint)sizeof(T) * Checked<T>(count)), count);

    public void Dispose() => _ = Unmap((nint)_mapping, _mapped);

    private int Checked<T>(int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * sizeof(T), Length, nameof(count));
        return count;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
