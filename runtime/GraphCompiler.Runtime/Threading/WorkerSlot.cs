using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Threading;

/// <summary>
/// The mailbox between the caller of a step and one worker: the order, and the answer that it has been done. Order and
/// answer lie side by side, so that a step costs one cache line there and back.
/// </summary>
internal sealed class WorkerSlot
{
    private readonly object _gate = new();
    private Mail _mail;
    private int _parked;
    private volatile bool _stopping;

    /// <summary>True when the last order given has been done.</summary>
    public bool IsDone => Volatile.Read(ref _mail.Done) == _mail.Given;

    /// <summary>
    /// Gives an order; a worker that polls sees it. To be followed by a full fence and <see cref="WakeIfParked"/>.
    /// </summary>
    public void Give(IWorkerBody body, int workers)
    {
        _mail.Body = body;
        _mail.Workers = workers;
        Volatile.Write(ref _mail.Given, _mail.Given + 1);
    }

    /// <summary>Wakes the worker if it sleeps.</summary>
    public void WakeIfParked()
    {
        if (Volatile.Read(ref _parked) != 0)
        {
            Sleepers.Wake(_gate);
        }
    }

    /// <summary>Lets the worker's thread end once it has nothing left to do.</summary>
    public void Stop()
    {
        _stopping = true;
        Interlocked.MemoryBarrier();
        WakeIfParked();
    }

    /// <summary>The worker: waits for the next order. False when there will be none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Take(int threads, out IWorkerBody body, out int workers)
    {
        var budget = new SpinBudget(threads);
        while (Volatile.Read(ref _mail.Given) == _mail.Done)
        {
            if (_stopping)
            {
                body = null!;
                workers = 0;
                return false;
            }

            if (!budget.Spin())
            {
                Park();
            }
        }

        body = _mail.Body!;
        workers = _mail.Workers;
        return true;
    }

    /// <summary>The worker: says that the order is done. A full fence.</summary>
    public void Finish()
    {
        // The slot outlives the step; what the step refers to need not.
        _mail.Body = null;
        Interlocked.Increment(ref _mail.Done);
    }

    // The worker says that it sleeps, then looks for an order; the caller gives the order, then looks for sleepers.
    // With a full fence between the two on each side, at least one sees the other.
    private void Park()
    {
        try
        {
            lock (_gate)
            {
                Interlocked.Exchange(ref _parked, 1);
                while (Volatile.Read(ref _mail.Given) == _mail.Done && !_stopping)
                {
                    Monitor.Wait(_gate);
                }

                Volatile.Write(ref _parked, 0);
            }
        }
        catch (ThreadInterruptedException)
        {
            // Meant for a body that has ended; the caller of Take looks again.
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Mail
    {
        [FieldOffset(128)]
        public IWorkerBody? Body;

        [FieldOffset(136)]
        public int Workers;

        [FieldOffset(140)]
        public int Given;

        [FieldOffset(144)]
        public int Done;
    }
}
