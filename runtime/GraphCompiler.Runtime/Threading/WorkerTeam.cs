using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace GraphCompiler.Runtime.Threading;

/// <summary>
/// A persistent team of threads that executes the same body on every worker, once per step. Work is divided by the
/// body, statically (<see cref="Partition"/>); within a step the workers meet at a <see cref="StepBarrier"/>.
/// </summary>
/// <remarks>
/// Between steps the threads poll for some 50 µs, then sleep: an idle team costs no processor time. A step allocates
/// nothing. The threads are background threads, started when first needed; a team that is not disposed keeps them.
/// </remarks>
public sealed class WorkerTeam : IDisposable
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int Stopped = 2;

    private readonly object _gate = new();
    private readonly bool _shared;
    private readonly WorkerSlot[] _slots;
    private readonly Thread?[] _threads;
    private int _state;
    private int _started;
    private PaddedCounter _callerParked;
    private volatile bool _disposing;
    private ExceptionDispatchInfo? _failure;
    private StepBarrier? _barrier;

    /// <summary>A team of <paramref name="size"/> workers: the caller of each step, and size − 1 threads.</summary>
    /// <param name="size">Workers, from 1 to <see cref="MaxSize"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public WorkerTeam(int size) : this(size, shared: false)
    {
    }

    internal WorkerTeam(int size, bool shared)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        Size = size;
        _shared = shared;
        _slots = new WorkerSlot[size - 1];
        _threads = new Thread?[size - 1];
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new WorkerSlot();
        }
    }

    /// <summary>The most workers that a team can have.</summary>
    public const int MaxSize = 1024;

    /// <summary>
    /// The process's team: as many workers as the process may use processors, or as the environment variable
    /// <c>GRAPHC_THREADS</c> says. Disposing it does nothing.
    /// </summary>
    /// <exception cref="GraphException">
    /// GRC0412: <c>GRAPHC_THREADS</c> is not a number from 1 to <see cref="MaxSize"/>.
    /// </exception>
    public static WorkerTeam Shared => SharedTeam.Instance;

    /// <summary>Workers, the caller of a step included.</summary>
    public int Size { get; }

    /// <summary>
    /// Executes <paramref name="body"/> on <paramref name="workers"/> workers, of which the calling thread is number 0,
    /// and returns when all are done. While the team is busy, with another thread's step or with the one that this call
    /// is made from, the calling thread executes the body alone, as worker 0 of 1.
    /// </summary>
    /// <param name="body">What each worker does.</param>
    /// <param name="workers">At least 1; more than <see cref="Size"/> means <see cref="Size"/>.</param>
    /// <param name="barrier">
    /// The barrier that the body waits at, if it does: it is reset to the number of workers that take part before the
    /// first of them starts, and aborted when one of them fails, so that the others do not wait for ever. It serves one
    /// step at a time.
    /// </param>
    /// <returns>The number of workers that took part.</returns>
    /// <remarks>An exception in a worker is thrown here once all workers have ended, as it was thrown there; of
    /// several, the first. The team can be used again.</remarks>
    /// <exception cref="ObjectDisposedException">The team has been disposed.</exception>
    public int Run(IWorkerBody body, int workers, StepBarrier? barrier = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        workers = Math.Min(workers, Size);
        ObjectDisposedException.ThrowIf(_disposing, this);
        if (workers == 1 || Interlocked.CompareExchange(ref _state, Running, Idle) != Idle)
        {
            barrier?.Reset(1);
            body.Execute(0, 1);
            return 1;
        }

        try
        {
            RunTogether(body, workers, barrier);
        }
        finally
        {
            Volatile.Write(ref _state, Idle);
            Interlocked.MemoryBarrier();
            if (_disposing)
            {
                TryStop();
            }
        }

        return workers;
    }

    /// <summary>
    /// Ends the team's threads; a step in progress is finished first, and its caller then ends them. A second call does
    /// nothing.
    /// </summary>
    public void Dispose()
    {
        if (!_shared)
        {
            _disposing = true;
            Interlocked.MemoryBarrier();
            TryStop();
        }
    }

    /// <summary>Threads of this team that are alive, parked or not.</summary>
    internal int LiveThreads => _threads.Count(thread => thread is { IsAlive: true });

    private void RunTogether(IWorkerBody body, int workers, StepBarrier? barrier)
    {
        EnsureThreads(workers - 1);
        barrier?.Reset(workers);
        _barrier = barrier;
        var slots = _slots.AsSpan(0, workers - 1);
        foreach (var slot in slots)
        {
            slot.Give(body, workers);
        }

        Interlocked.MemoryBarrier();
        foreach (var slot in slots)
        {
            slot.WakeIfParked();
        }

        Execute(body, 0, workers);
        foreach (var slot in slots)
        {
            AwaitDone(slot, workers);
        }

        _barrier = null;
        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }
    }

    private void Execute(IWorkerBody body, int worker, int workers)
    {
        try
        {
            body.Execute(worker, workers);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    // The first failure wins over later ones, and any failure over the exceptions that unwound the others on its
    // account.
    private void Fail(Exception exception)
    {
        var failure = ExceptionDispatchInfo.Capture(exception);
        var before = Interlocked.CompareExchange(ref _failure, failure, null);
        if (before?.SourceException is StepAbortedException && exception is not StepAbortedException)
        {
            Interlocked.CompareExchange(ref _failure, failure, before);
        }

        _barrier?.Abort();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AwaitDone(WorkerSlot slot, int workers)
    {
        var budget = new SpinBudget(workers);
        while (!slot.IsDone)
        {
            if (!budget.Spin())
            {
                ParkCaller(slot);
            }
        }
    }

    private void ParkCaller(WorkerSlot slot)
    {
        try
        {
            lock (_gate)
            {
                Interlocked.Exchange(ref _callerParked.Value, 1);
                while (!slot.IsDone)
                {
                    Monitor.Wait(_gate);
                }

                Volatile.Write(ref _callerParked.Value, 0);
            }
        }
        catch (ThreadInterruptedException)
        {
            // Returning now would leave workers at work on memory that the caller takes for its own again.
            ParkCaller(slot);
            Thread.CurrentThread.Interrupt();
        }
    }

    private void EnsureThreads(int count)
    {
        while (_started < count)
        {
            StartThread(_started);
            _started++;
        }
    }

    private void StartThread(int index)
    {
        // Unsafe: the threads outlive the step that started them, and so would the execution context of its caller.
        var thread = new Thread(() => Work(index)) { IsBackground = true, Name = $"GraphCompiler worker {index + 1}" };
        thread.UnsafeStart();
        _threads[index] = thread;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Work(int index)
    {
        var slot = _slots[index];
        while (slot.Take(Size, out var body, out var workers))
        {
            Execute(body, index + 1, workers);
            body = null;
            slot.Finish();
            if (Volatile.Read(ref _callerParked.Value) != 0)
            {
                Sleepers.Wake(_gate);
            }
        }
    }

    // Whoever moves the team from idle to stopped ends its threads: they are between steps then, and end at once.
    private void TryStop()
    {
        if (Interlocked.CompareExchange(ref _state, Stopped, Idle) != Idle)
        {
            return;
        }

        foreach (var slot in _slots)
        {
            slot.Stop();
        }

        foreach (var thread in _threads)
        {
            thread?.Join();
        }
    }
}
