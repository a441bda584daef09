using System.Collections.Immutable;

namespace GraphCompiler.Tool.Profiling;

/// <summary>Where the time of a run goes.</summary>
/// <param name="Kernels">One for each kernel, in order.</param>
/// <param name="RunNanoseconds">Mean of a whole run.</param>
/// <param name="WaitingNanoseconds">What the first worker waits at barriers.</param>
/// <param name="Workers">Threads.</param>
/// <param name="PeakGigaFlops">What all of them can do at most: fused multiply-adds in registers.</param>
/// <param name="Bandwidths">Bytes a second, in thousands of millions, that copying so many bytes with so many threads reaches.</param>
internal sealed record GraphProfile(
    ImmutableArray<KernelTime> Kernels,
    double RunNanoseconds,
    double WaitingNanoseconds,
    int Workers,
    double PeakGigaFlops,
    ImmutableArray<(int Threads, long Footprint, double GigaBytes)> Bandwidths);
