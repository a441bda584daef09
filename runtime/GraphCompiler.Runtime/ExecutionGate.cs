namespace GraphCompiler.Runtime;

/// <summary>
/// One user at a time, and nobody ever waits. Nothing allocated; one atomic operation in, one out.
/// </summary>
internal struct ExecutionGate
{
    private const int Idle = 0;
    private const int Busy = 1;

    // Busy, and nobody is to come in after that user.
    private const int Closing = 2;
    private const int Closed = 3;

    private int _state;

    /// <summary>Enters as the only user. False when there is another, or there will be none any more.</summary>
    public bool TryEnter() => Interlocked.CompareExchange(ref _state, Busy, Idle) == Idle;

    /// <summary>Whether nobody is inside at this moment, and somebody may enter.</summary>
    public bool IsIdle => Volatile.Read(ref _state) == Idle;

    /// <summary>True once nobody can enter any more.</summary>
    public bool IsClosing => Volatile.Read(ref _state) >= Closing;

    /// <summary>Leaves. True when the gate is closed now, and the caller is the one to clear up.</summary>
    public bool Leave()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy)
        {
            return false;
        }

        Volatile.Write(ref _state, Closed);
        return true;
    }

    /// <summary>
    /// Lets nobody in any more. True when the caller is the one to clear up; else the user inside is, or it has been
    /// done.
    /// </summary>
    public bool Close()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state >= Closing)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _state, state == Idle ? Closed : Closing, state) == state)
            {
                return state == Idle;
            }
        }
    }
}
