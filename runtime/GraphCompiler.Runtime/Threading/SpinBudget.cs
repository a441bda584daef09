using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Threading;

/// <summary>
/// How long to poll before parking: pauses for a few microseconds, in which a partner on a core of its own answers;
/// then giving the core away between polls, in case the partner needs this one; after some 50 µs it is cheaper to
/// sleep.
/// </summary>
/// <remarks>
/// Parking and waking costs some 10 to 50 µs of system calls and scheduling, so polling for as long at most doubles a
/// wait.
/// </remarks>
internal struct SpinBudget
{
    private const int PausesPerLook = 32;
    private static readonly long PauseTicks = Stopwatch.Frequency * 5 / 1_000_000;
    private static readonly long TotalTicks = Stopwatch.Frequency * 50 / 1_000_000;

    private readonly bool _crowded;
    private int _pauses;
    private long _start;

    /// <param name="threads">
    /// Threads that want to run at once; when the process has fewer cores, no pause is worth its time.
    /// </param>
    public SpinBudget(int threads) => _crowded = threads > Environment.ProcessorCount;

    /// <summary>Waits a moment. False when the budget is spent and the caller should park.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Spin()
    {
        if (!_crowded && ++_pauses % PausesPerLook != 0)
        {
            Thread.SpinWait(1);
            return true;
        }

        return Look();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Look()
    {
        var now = Stopwatch.GetTimestamp();
        if (_start == 0)
        {
            _start = now;
        }

        var spent = now - _start;
        if (spent > TotalTicks)
        {
            return false;
        }

        if (_crowded || spent > PauseTicks)
        {
            // From here on every poll yields: PausesPerLook - 1 makes the next call look again.
            _pauses = PausesPerLook - 1;
            Thread.Yield();
        }

        return true;
    }
}
