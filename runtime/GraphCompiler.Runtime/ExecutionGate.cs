namespace GraphCompiler.Runtime;

/// <summary>
/// One user at a time, and nobody ever waits. Nothing allocated; one atomic operation in, a fence out.
/// </summary>
internal sealed class ExecutionGate
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Closed = 2;

    private int _state;
    private volatile bool _closing;

    /// <summary>Enters as the only user. False when there is another, or there will be none any more.</summary>
    public bool TryEnter() => !_closing && Interlocked.CompareExchange(ref _state, Busy, Idle) == Idle;

    /// <summary>True once nobody can enter any more.</summary>
    public bool IsClosing => _closing;

    /// <summary>Leaves. True when the gate is closed now, and the caller is the one to clear up.</summary>
    public bool Leave()
    {
        Volatile.Write(ref _state, Idle);
        Interlocked.MemoryBarrier();
        return _closing && TryClose();
    }

    /// <summary>
    /// Lets nobody in any more. True when the caller is the one to clear up; else the user inside is, or it has been
    /// done.
    /// </summary>
    public bool Close()
    {
        _closing = true;
        Interlocked.MemoryBarrier();
        return TryClose();
    }

    // Whoever moves the state from idle to closed clears up: nobody is inside then, and nobody can come.
    private bool TryClose() => Interlocked.CompareExchange(ref _state, Closed, Idle) == Idle;
}
