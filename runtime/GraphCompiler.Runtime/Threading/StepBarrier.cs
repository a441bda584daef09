using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Threading;

/// <summary>
/// A reusable barrier: nobody passes before all have come. What a worker wrote before <see cref="Wait"/> is seen by all
/// after it.
/// </summary>
/// <remarks>
/// One counter that only grows: with <c>w</c> workers the barrier number <c>p</c> opens when the counter reaches
/// <c>w·(p+1)</c>, so the last arrival is itself the release, and a wait costs one atomic increment and one transfer of
/// the counter's cache line. Waiters poll for some 50 µs, then park. Nothing is allocated.
/// </remarks>
public sealed class StepBarrier
{
    private readonly object _gate = new();
    private PaddedCounter _arrivals;
    private long _workers;
    private int _sleepers;
    private volatile bool _aborted;

    /// <summary>A barrier for <paramref name="workers"/> participants.</summary>
    /// <param name="workers">At least 1; with 1, <see cref="Wait"/> returns at once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    public StepBarrier(int workers = 1) => Reset(workers);

    /// <summary>Participants.</summary>
    public int Workers => (int)_workers;

    /// <summary>Makes the barrier new, for <paramref name="workers"/> participants. Nobody may be waiting.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    public void Reset(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _arrivals.Value = 0;

        // Written only when they change: the waiters keep the line of these in their caches.
        if (_workers != workers)
        {
            _workers = workers;
        }

        if (_aborted)
        {
            _aborted = false;
        }
    }

    /// <summary>Waits until all participants have called this as often as the caller.</summary>
    /// <remarks>
    /// Throws an exception of its own after <see cref="Abort"/>; it is not for catching, <see cref="WorkerTeam.Run"/>
    /// deals with it.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Wait()
    {
        ThrowIfAborted();
        var workers = _workers;
        if (workers == 1)
        {
            return;
        }

        var ticket = Interlocked.Increment(ref _arrivals.Value) - 1;
        var opens = (ticket / workers + 1) * workers;
        if (ticket + 1 == opens)
        {
            WakeSleepers();
            return;
        }

        var budget = new SpinBudget((int)workers);
        while (Volatile.Read(ref _arrivals.Value) < opens)
        {
            ThrowIfAborted();
            if (!budget.Spin())
            {
                Park(opens);
            }
        }
    }

    /// <summary>
    /// Makes everyone who waits now, or will wait before the next <see cref="Reset"/>, throw instead.
    /// </summary>
    public void Abort()
    {
        _aborted = true;
        Interlocked.MemoryBarrier();
        WakeSleepers();
    }

    // A sleeper counts itself, then looks at the arrivals; the last arrival counts itself, then looks for sleepers.
    // Both counts are full fences, so at least one of the two sees the other.
    private void Park(long opens)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _sleepers);
            try
            {
                while (Volatile.Read(ref _arrivals.Value) < opens && !_aborted)
                {
                    Monitor.Wait(_gate);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _sleepers);
            }
        }
    }

    private void WakeSleepers()
    {
        if (Volatile.Read(ref _sleepers) != 0)
        {
            Sleepers.Wake(_gate);
        }
    }

    private void ThrowIfAborted()
    {
        if (_aborted)
        {
            throw new StepAbortedException();
        }
    }
}
