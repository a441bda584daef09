using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GraphCompiler.Diagnostics;

namespace GraphCompiler;

/// <summary>What a compilation did: times, cache, sizes, memory. As text it is a table for a reader.</summary>
/// <param name="Generate">From the graph to C#; reading that where the disk cache knows the graph.</param>
/// <param name="Cache">Looking for kernels in the disk cache, and writing them to it.</param>
/// <param name="Roslyn">From C# to an assembly; zero when the cache had it.</param>
/// <param name="Load">Loading the assembly; machine code is made when the first run needs it.</param>
public sealed record CompileReport(TimeSpan Generate, TimeSpan Cache, TimeSpan Roslyn, TimeSpan Load)
{
    /// <summary>The sum.</summary>
    public TimeSpan Total => Generate + Cache + Roslyn + Load;

    /// <summary>The graph's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The parts of <see cref="Generate"/>, in order; none where the disk cache knew the graph.</summary>
    public ImmutableArray<StageTime> Stages { get; init; } = [];

    /// <summary>True when the disk cache knew the graph: no stage ran.</summary>
    public bool WasGraphCached { get; init; }

    /// <summary>True when the disk cache had the kernels: Roslyn was not needed.</summary>
    public bool WereKernelsCached { get; init; }

    /// <summary>Nodes of the graph, dead ones included.</summary>
    public int Nodes { get; init; }

    /// <summary>Kernels that a run executes.</summary>
    public int Kernels { get; init; }

    /// <summary>Generated methods that the kernels share.</summary>
    public int KernelMethods { get; init; }

    /// <summary>Bytes of the generated C#, as UTF-8.</summary>
    public long SourceBytes { get; init; }

    /// <summary>Bytes of the assembly, without its debug information.</summary>
    public long AssemblyBytes { get; init; }

    /// <summary>Bytes of native memory that an execution with one worker allocates.</summary>
    public long ExecutionBytes { get; init; }

    /// <summary>The largest sum of bytes that are in use at one step of a run with one worker.</summary>
    public long LiveBytes => Live?.Invoke() ?? 0;

    /// <summary>Bytes of the variables that a run uses.</summary>
    public long VariableBytes { get; init; }

    /// <summary>
    /// Bytes of the managed heap that compiling allocated on its thread, most of which are garbage after it: Roslyn and
    /// all stages.
    /// </summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Adds up <see cref="LiveBytes"/>: nobody waits for that while a program starts.</summary>
    internal Func<long>? Live { get; init; }

    /// <summary>Times, cache, sizes and memory, a line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var stages = Stages.IsEmpty ? "" : $" ({string.Join(", ", Stages.Select(static s => $"{s.Name} {Milliseconds(s.Time)}"))})";
        Line("compile", $"{DisplayName.Of(Name)}: {Milliseconds(Total)}");
        Line("generate", WasGraphCached ? $"{Milliseconds(Generate)}: the disk cache knew the graph" : Milliseconds(Generate) + stages);
        Line("cache", $"{Milliseconds(Cache)}: {(WereKernelsCached ? "it had the kernels" : "the kernels are new")}");
        Line("Roslyn", WereKernelsCached ? "not needed" : Milliseconds(Roslyn));
        Line("load", Milliseconds(Load));
        Line("graph", $"{Number(Nodes)} nodes");
        Line("program", $"{Number(Kernels)} kernels in {Number(KernelMethods)} methods, {Number(SourceBytes)} bytes of C#, {Number(AssemblyBytes)} of IL and metadata");
        Line("memory", $"an execution takes {Number(ExecutionBytes)} bytes with one worker, {Number(LiveBytes)} of them at once, variables {Number(VariableBytes)}");
        Line("compiler", $"allocated {Number(AllocatedBytes)} bytes");
        return text.ToString();

        void Line(string what, string value) => text.Append(CultureInfo.InvariantCulture, $"{what,-9} {value}\n");
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F1} ms");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
