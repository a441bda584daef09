namespace GraphCompiler.Runtime.State;

/// <summary>
/// Many readers or one writer, and nobody ever waits: who comes at the wrong time is told so. One atomic operation each
/// way, nothing allocated.
/// </summary>
internal sealed class RunGate
{
    private const int Free = 0;
    private const int Exclusive = -1;
    private const int Closed = int.MinValue;

    // The number of readers, or one of the three above.
    private int _users;
    private volatile bool _closing;

    /// <summary>True once nobody can enter any more.</summary>
    public bool IsClosing => _closing;

    /// <summary>Enters as the only user.</summary>
    /// <exception cref="GraphException">GRC0424: there are other users.</exception>
    /// <exception cref="ObjectDisposedException">The gate is closing.</exception>
    public void EnterExclusive(object owner)
    {
        ObjectDisposedException.ThrowIf(_closing, owner);
        var users = Interlocked.CompareExchange(ref _users, Exclusive, Free);
        if (users != Free)
        {
            Refuse(users, owner);
        }
    }

    /// <summary>Enters as one of several readers.</summary>
    /// <exception cref="GraphException">GRC0424: there is an exclusive user.</exception>
    /// <exception cref="ObjectDisposedException">The gate is closing.</exception>
    public void EnterShared(object owner)
    {
        ObjectDisposedException.ThrowIf(_closing, owner);
        var users = Volatile.Read(ref _users);
        while (true)
        {
            if (users < 0)
            {
                Refuse(users, owner);
            }

            var before = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (before == users)
            {
                return;
            }

            users = before;
        }
    }

    /// <summary>Leaves. True when the gate is closed now, and the caller is the one to clear up.</summary>
    public bool LeaveExclusive() =>
        Interlocked.CompareExchange(ref _users, Free, Exclusive) == Exclusive
            ? _closing && TryClose()
            : throw new InvalidOperationException("The variables are not held exclusively: release without acquire");

    /// <summary>Leaves. True when the gate is closed now, and the caller is the one to clear up.</summary>
    public bool LeaveShared()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var before = Interlocked.CompareExchange(ref _users, users - 1, users);
            if (before == users)
            {
                return users == 1 && _closing && TryClose();
            }

            users = before;
        }

        throw new InvalidOperationException("The variables are not held shared: release without acquire");
    }

    /// <summary>
    /// Lets nobody in any more. True when the caller is the one to clear up; else the last user to leave is.
    /// </summary>
    public bool Close()
    {
        _closing = true;
        Interlocked.MemoryBarrier();
        return TryClose();
    }

    private bool TryClose() => Interlocked.CompareExchange(ref _users, Closed, Free) == Free;

    private static void Refuse(int users, object owner)
    {
        ObjectDisposedException.ThrowIf(users == Closed, owner);
        throw new GraphException(
            "GRC0424",
            "A run requires that no other updates the variables that it uses: " +
            (users == Exclusive
                ? "a training run is using these variables"
                : $"a training run cannot start, {users} inference run(s) or copies are using these variables"));
    }
}
