using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>
/// Memory between two pages that may not be touched: a read or write one element outside kills the test run instead of
/// passing by luck. Where there is no mmap the memory is ordinary and only writes inside it are checked.
/// </summary>
public sealed unsafe partial class TileGuard : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymousLinux = 0x22, PrivateAnonymousMac = 0x1002;

    private readonly byte* _block;
    private readonly nuint _page = (nuint)Environment.SystemPageSize, _inner;

    public TileGuard(int bytes)
    {
        _inner = ((nuint)bytes + _page - 1) / _page * _page;
        if (OperatingSystem.IsWindows())
        {
            _block = (byte*)NativeMemory.AllocZeroed(_inner + (2 * _page));
            return;
        }

        int flags = OperatingSystem.IsMacOS() ? PrivateAnonymousMac : PrivateAnonymousLinux;
        _block = (byte*)Map(0, _inner + (2 * _page), ReadWrite, flags, -1, 0);
        if ((nint)_block == -1 || Protect((nint)_block, _page, 0) != 0
            || Protect((nint)(_block + _page + _inner), _page, 0) != 0)
        {
            throw new InvalidOperationException($"No guarded memory: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Elements that touch the guard page behind them, or the one before them.</summary>
    public Span<T> Take<T>(int count, bool atEnd = true)
        where T : unmanaged
    {
        byte* start = _block + _page;
        return new Span<T>(atEnd ? start + _inner - ((nuint)count * (nuint)sizeof(T)) : start, count);
    }

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            NativeMemory.Free(_block);
        }
        else
        {
            _ = Unmap((nint)_block, _inner + (2 * _page));
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
