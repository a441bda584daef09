using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Memory;

/// <summary>
/// Anonymous memory on 2 MiB boundaries, marked for transparent huge pages, on 64-bit Linux (mmap(2), madvise(2)).
/// Elsewhere, and where the C library cannot be called, <see cref="TryMap"/> says no and the ordinary allocator serves.
/// </summary>
internal static unsafe partial class HugePages
{
    // The values of Linux's <sys/mman.h>, the same on x64, ARM64, RISC-V and LoongArch.
    private const int ReadWrite = 0x1 | 0x2;
    private const int PrivateAnonymous = 0x02 | 0x20;
    private const int AdviseHugePage = 14;
    private const nint Failed = -1;

    private static volatile bool _supported = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Maps <paramref name="length"/> bytes, whole pages.</summary>
    /// <param name="length">Bytes, at least 2 MiB.</param>
    /// <param name="address">A multiple of 2 MiB, or 0 when the system has no such block.</param>
    /// <returns>False when this is not how memory is had here; the answer is then not about the amount.</returns>
    public static bool TryMap(nint length, out nint address)
    {
        address = 0;
        if (!_supported)
        {
            return false;
        }

        try
        {
            // One huge page more than asked for holds an aligned block wherever it begins; the ends go straight back.
            var mapped = MemoryMap(0, length + AlignedBuffer.HugePage, ReadWrite, PrivateAnonymous, -1, 0);
            if (mapped == Failed)
            {
                return true;
            }

            address = (mapped + AlignedBuffer.HugePage - 1) & -AlignedBuffer.HugePage;
            var before = address - mapped;
            var after = AlignedBuffer.HugePage - before;
            if (before > 0)
            {
                Unmap(mapped, before);
            }

            if (after > 0)
            {
                Unmap(address + length, after);
            }

            // Advice: where huge pages are switched off it fails, and small pages do.
            _ = MemoryAdvise(address, length, AdviseHugePage);
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            _supported = false;
            return false;
        }
    }

    /// <summary>Returns pages to the system.</summary>
    public static void Unmap(nint address, nint length) => _ = MemoryUnmap(address, length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(nint address, nint length, int advice);
}
