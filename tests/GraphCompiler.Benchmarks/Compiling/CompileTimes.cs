using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Operators;

namespace GraphCompiler.Benchmarks.Compiling;

/// <summary>
/// How long graphs of many nodes take to compile, where kernels repeat and where each is another one: milliseconds for
/// each node, without the disk cache; and what that takes of memory.
/// </summary>
internal static class CompileTimes
{
    private const int Width = 64;

    private static readonly Func<Tensor, Tensor, Tensor>[] Steps =
    [
        static (h, x) => h + x,
        static (h, x) => h * x,
        static (h, x) => h - x,
        static (h, x) => h.Max(x),
        static (h, _) => h.Tanh(),
        static (h, _) => h.Sigmoid(),
        static (h, _) => h.Relu(),
        static (h, _) => h.Abs(),
    ];

    public static void Measure(IEnumerable<int> lengths)
    {
        Compile(Declare(1, static _ => 0)); // Roslyn's start belongs to the process, not to a node
        foreach (var length in lengths)
        {
            Print("repeating", length, static _ => 0);
            Print("differing", length, Pseudorandom);
        }
    }

    /// <summary>The same of one of <see cref="GraphForms"/>, or of all of them.</summary>
    public static void Measure(string form, IEnumerable<int> sizes)
    {
        Compile(Declare(1, static _ => 0));
        foreach (var (name, declare) in GraphForms.All.Where(f => form.Length == 0 || f.Key == form))
        {
            foreach (var size in sizes)
            {
                Print($"{name} {size}", () => declare(size));
            }
        }
    }

    private static void Print(string kind, int length, Func<int, int> choose) => Print(kind, () => Declare(length, choose));

    private static void Print(string kind, Func<Graph> declare)
    {
        var watch = Stopwatch.StartNew();
        var graph = declare();
        var declared = watch.Elapsed;
        var (kernels, methods, report) = Compile(graph);
        var nodes = graph.Nodes.Count;
        var stages = string.Join(' ', report.Stages.Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Time.TotalMilliseconds:F0}")));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"compile {kind} nodes {nodes} kernels {kernels} methods {methods} declare {declared.TotalMilliseconds:F0} generate {report.Generate.TotalMilliseconds:F0} ({stages}) roslyn {report.Roslyn.TotalMilliseconds:F0} load {report.Load.TotalMilliseconds:F0} ms/node {(declared + report.Total).TotalMilliseconds / nodes:F4} allocated {report.AllocatedBytes >> 20} MiB peak {Peak() >> 20} MiB"));
    }

    // Of the process so far: lengths are given from the shortest on.
    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static (int Kernels, int Methods, CompileReport Report) Compile(Graph graph)
    {
        using var compiled = graph.Compile(new CompileOptions { CacheDirectory = "" });
        return (compiled.KernelCount, compiled.KernelMethodCount, compiled.Report);
    }

    // Forward only: as many nodes as asked for, and two more.
    private static Graph Declare(int nodes, Func<int, int> choose)
    {
        var graph = new Graph("chain");
        var x = graph.Input("x", [Width]);
        var h = x;
        for (var i = 0; i < nodes; i++)
        {
            h = Steps[choose(i)](h, x);
        }

        graph.Output("y", h.Sum());
        return graph;
    }

    // Neighbours are independent, so that no chunk of the chain is like another.
    private static int Pseudorandom(int i)
    {
        var h = unchecked((uint)(i + 1) * 0x9E3779B9);
        h = unchecked((h ^ (h >> 15)) * 0x846CA68B);
        return (int)((h ^ (h >> 16)) % (uint)Steps.Length);
    }
}
