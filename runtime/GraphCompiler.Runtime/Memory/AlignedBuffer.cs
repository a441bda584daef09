namespace GraphCompiler.Runtime.Memory;

/// <summary>
/// A block of native memory: never moved by the garbage collector, zero-initialised, aligned to <see cref="Alignment"/>
/// bytes, or to <see cref="HugePage"/> bytes (and offered to the system as huge pages) from that size on.
/// </summary>
/// <remarks>
/// Reading and writing is as thread-safe as memory is. Disposing while another thread uses <see cref="Address"/> or a
/// span is the caller's error, as with any native memory; whoever hands out addresses must keep the buffer reachable
/// while they are used.
/// </remarks>
public sealed unsafe class AlignedBuffer : IDisposable
{
    /// <summary>Alignment in bytes of every buffer: one cache line, one 512-bit vector.</summary>
    public const int Alignment = 64;

    /// <summary>
    /// Size in bytes from which a buffer is aligned to huge pages: one TLB entry then maps 2 MiB instead of 4 KiB.
    /// </summary>
    public const int HugePage = 2 << 20;

    private static long _liveBytes;
    private static long _peakBytes;

    private readonly NativeBlock _block;
    private nint _address;

    /// <summary>Allocates <paramref name="length"/> bytes, all zero.</summary>
    /// <param name="length">Bytes, at least 0; an empty buffer has an address like any other.</param>
    /// <exception cref="GraphException">
    /// GRC0410: the length is negative, beyond the address space, or more than the system gives.
    /// </exception>
    public AlignedBuffer(long length)
    {
        if (length < 0 || length > nint.MaxValue - 2L * HugePage || !NativeBlock.TryAllocate((nint)length, out _block))
        {
            GC.SuppressFinalize(this);
            throw new GraphException(
                "GRC0410",
                $"A buffer requires memory that the system can give: {length} bytes, {LiveBytes} held already");
        }

        Length = length;
        _address = _block.Address;
        Count(length);
    }

    /// <summary>Frees the memory of a buffer that nobody disposed.</summary>
    ~AlignedBuffer() => Free();

    /// <summary>Bytes held by all live buffers of this process, padding excluded.</summary>
    public static long LiveBytes => Volatile.Read(ref _liveBytes);

    /// <summary>The most bytes that <see cref="LiveBytes"/> has reached since the process began.</summary>
    public static long PeakBytes => Volatile.Read(ref _peakBytes);

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    /// <summary>The first byte's address, a multiple of <see cref="Alignment"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    public nint Address
    {
        get
        {
            var address = _address;
            ObjectDisposedException.ThrowIf(address == 0, this);
            return address;
        }
    }

    /// <summary>
    /// The whole buffer as elements of <typeparamref name="T"/>; bytes after the last whole element are left out.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    /// <exception cref="GraphException">GRC0411: more elements than one span holds (2³¹−1).</exception>
    public Span<T> AsSpan<T>() where T : unmanaged => AsSpan<T>(0, Length / sizeof(T));

    /// <summary><paramref name="count"/> elements from byte <paramref name="offset"/> on.</summary>
    /// <param name="offset">Bytes from the start, at least 0.</param>
    /// <param name="count">Elements, from 0 to 2³¹−1.</param>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    /// <exception cref="GraphException">
    /// GRC0411: the range does not lie in the buffer, or is longer than one span.
    /// </exception>
    public Span<T> AsSpan<T>(long offset, long count) where T : unmanaged
    {
        var address = Address;
        if (offset < 0 || offset > Length || count < 0 || count > int.MaxValue || count > (Length - offset) / sizeof(T))
        {
            throw new GraphException(
                "GRC0411",
                $"A span requires a range within its buffer and at most {int.MaxValue} elements: " +
                $"{count} × {sizeof(T)} bytes at byte {offset} of {Length}");
        }

        return new Span<T>((byte*)address + offset, (int)count);
    }

    /// <summary>Frees the memory. A second call does nothing.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static void Count(long length)
    {
        var live = Interlocked.Add(ref _liveBytes, length);
        for (var peak = PeakBytes; live > peak; peak = PeakBytes)
        {
            if (Interlocked.CompareExchange(ref _peakBytes, live, peak) == peak)
            {
                break;
            }
        }

        // The collector sees a few dozen bytes where megabytes hang: without this it would not hurry to finalise a lost
        // buffer.
        if (length > 0)
        {
            GC.AddMemoryPressure(length);
        }
    }

    private void Free()
    {
        if (Interlocked.Exchange(ref _address, 0) == 0)
        {
            return;
        }

        _block.Free();
        Interlocked.Add(ref _liveBytes, -Length);
        if (Length > 0)
        {
            GC.RemoveMemoryPressure(Length);
        }
    }
}
