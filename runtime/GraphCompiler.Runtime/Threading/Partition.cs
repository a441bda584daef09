using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Threading;

/// <summary>Static division of a loop among workers.</summary>
public static class Partition
{
    /// <summary>
    /// The contiguous part [begin, end) of 0..<paramref name="extent"/> that belongs to one worker. Parts are whole
    /// units of
    /// <paramref name="grain"/> (the last unit may be short), in worker order, without gap or overlap, and differ by at
    /// most one unit; with fewer units than workers the last workers get none.
    /// </summary>
    /// <param name="extent">Iterations of the loop, at least 0.</param>
    /// <param name="grain">Iterations of one unit, at least 1: a vector, a tile, a row.</param>
    /// <param name="worker">From 0 to <paramref name="workers"/> − 1.</param>
    /// <param name="workers">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nint Begin, nint End) Of(nint extent, nint grain, int worker, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extent);
        ArgumentOutOfRangeException.ThrowIfLessThan(grain, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)worker, (uint)workers);
        if (workers == 1)
        {
            return (0, extent);
        }

        var units = extent / grain + (extent % grain != 0 ? 1 : 0);
        var share = units / workers;
        var extra = units - share * workers;
        var begin = share * worker + Math.Min(worker, extra);
        var end = begin + share + (worker < extra ? 1 : 0);

        // The last unit may be short, and unit × grain may then lie beyond what nint holds.
        return (begin >= units ? extent : begin * grain, end >= units ? extent : end * grain);
    }

    /// <summary>
    /// The smallest unit that covers 0..<paramref name="extent"/> in as few steps as units of <paramref name="most"/> do:
    /// 64 in units of at most 14 is five of 13, not four of 14 and one of 8.
    /// </summary>
    /// <param name="extent">Iterations of the loop, at least 0.</param>
    /// <param name="most">Iterations of one unit at most, at least 1.</param>
    /// <returns>From 1 to <paramref name="most"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Even(nint extent, nint most)
    {
        var units = Math.Max(1, (extent + most - 1) / most);
        return Math.Max(1, (extent + units - 1) / units);
    }
}
