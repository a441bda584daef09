namespace GraphCompiler.Runtime.Threading;

/// <summary>Waking of parked threads.</summary>
internal static class Sleepers
{
    /// <summary>
    /// Wakes all threads that wait on <paramref name="gate"/>'s monitor; each looks for itself whether it was meant.
    /// </summary>
    public static void Wake(object gate)
    {
        try
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }
        catch (ThreadInterruptedException)
        {
            // A signal must not get lost, whoever interrupts; the interruption must not get lost either.
            Wake(gate);
            Thread.CurrentThread.Interrupt();
        }
    }
}
