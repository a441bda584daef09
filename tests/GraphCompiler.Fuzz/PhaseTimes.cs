namespace GraphCompiler.Fuzz;

/// <summary>Where the processor time of a run goes, whatever else the machine does.</summary>
internal sealed class PhaseTimes
{
    private readonly SortedDictionary<string, TimeSpan> _times = new(StringComparer.Ordinal);

    public IDisposable Of(string phase) => new Phase(this, phase);

    public override string ToString() => string.Join(", ", _times.Select(static t => FormattableString.Invariant($"{t.Key} {t.Value.TotalSeconds:F1} s")));

    private sealed class Phase(PhaseTimes times, string name) : IDisposable
    {
        private readonly TimeSpan _start = Environment.CpuUsage.TotalTime;

        public void Dispose() => times._times[name] = times._times.GetValueOrDefault(name) + Environment.CpuUsage.TotalTime - _start;
    }
}
