using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Memory;
using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Inspect;

/// <summary>
/// How fast memory of a given size is copied, half of it to the other half: what a kernel that reads and writes as much
/// can hope for.
/// </summary>
internal static class CopyBandwidth
{
    private const int Block = 128; // bytes: four vectors

    // Plain ones, and those that go past the cache.
    private static readonly bool[] Stores = [false, true];

    /// <summary>Bytes a second, read and written ones added; the better of plain and non-temporal stores.</summary>
    /// <param name="footprint">Bytes of source and destination together.</param>
    /// <param name="threads">How many copy.</param>
    /// <param name="secondsOf">How long a call takes.</param>
    public static double Measure(long footprint, int threads, Func<Action, double> secondsOf)
    {
        var bytes = Math.Max(footprint / 2 / Block, 1) * Block;
        using var source = new AlignedBuffer(bytes);
        using var destination = new AlignedBuffer(bytes);

        // Memory that was never written is one page of zeros for all addresses.
        source.AsSpan<byte>(0, Math.Min(bytes, int.MaxValue)).Fill(1);
        var seconds = Stores.Min(streams =>
        {
            var body = new Body(source, destination, bytes, streams);
            return secondsOf(() => WorkerTeam.Shared.Run(body, threads));
        });
        GC.KeepAlive(destination);
        return 2 * bytes / seconds;
    }

    private sealed unsafe class Body(AlignedBuffer source, AlignedBuffer destination, long bytes, bool streams) : IWorkerBody
    {
        private readonly byte* _source = (byte*)source.Address;
        private readonly byte* _destination = (byte*)destination.Address;

        public void Execute(int worker, int workers)
        {
            var (from, to) = Partition.Of((nint)bytes, Block, worker, workers);
            if (streams)
            {
                Stream(_source, _destination, from, to);
                Interlocked.MemoryBarrier();
            }
            else
            {
                Store(_source, _destination, from, to);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Store(byte* source, byte* destination, nint from, nint to)
        {
            for (var i = from; i < to; i += Block)
            {
                Vector256.Load(source + i).Store(destination + i);
                Vector256.Load(source + i + 32).Store(destination + i + 32);
                Vector256.Load(source + i + 64).Store(destination + i + 64);
                Vector256.Load(source + i + 96).Store(destination + i + 96);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Stream(byte* source, byte* destination, nint from, nint to)
        {
            for (var i = from; i < to; i += Block)
            {
                Vector256.Load(source + i).StoreAlignedNonTemporal(destination + i);
                Vector256.Load(source + i + 32).StoreAlignedNonTemporal(destination + i + 32);
                Vector256.Load(source + i + 64).StoreAlignedNonTemporal(destination + i + 64);
                Vector256.Load(source + i + 96).StoreAlignedNonTemporal(destination + i + 96);
            }
        }
    }
}
