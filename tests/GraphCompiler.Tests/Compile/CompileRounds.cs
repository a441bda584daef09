using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Compile;

/// <summary>Compiles graphs, runs them, unloads them, and says now and then what the process takes.</summary>
internal static class CompileRounds
{
    private const int Reports = 10;

    /// <summary>What is left after some rounds: load contexts of kernels, and bytes.</summary>
    public sealed record Figures(int Round, int Contexts, long Managed, long Resident, long Peak);

    /// <summary>Every round is another graph, so that nothing is found again; shapes and forms come back.</summary>
    public static IEnumerable<Figures> Run(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            Round(round);
            if ((round + 1) % (rounds / Reports) == 0)
            {
                yield return Report(round + 1);
            }
        }
    }

    /// <summary>For another process to read.</summary>
    public static string Line(Figures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figures.Round} {figures.Contexts} {figures.Managed} {figures.Resident} {figures.Peak}");

    /// <summary>What <see cref="Line"/> wrote.</summary>
    public static Figures Parse(string line)
    {
        var numbers = line.Split(' ').Select(static part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new((int)numbers[0], (int)numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Round(int round)
    {
        var graph = new Graph($"round {round}");
        var n = 8 << (round % 3);
        var x = graph.Input("x", [Dim.Symbol("batch", 16), n]);
        var w = graph.Parameter("w", [n, 8], Init.Glorot(seed: 1));
        var hidden = x.MatMul(w);
        var y = (round % 4) switch
        {
            0 => hidden.Relu(),
            1 => hidden.Softmax(),
            2 => hidden.Tanh() * hidden.Sigmoid(),
            _ => hidden.Exp().Sum([1], keepDims: true) + hidden,
        };
        var loss = graph.Output("loss", (y * (1 + round)).Mean());
        graph.Update(w, w - graph.Gradients(loss, w)[0]);
        using var compiled = graph.Compile(new CompileOptions { CacheDirectory = "" });
        using var step = compiled.CreateExecution();
        step.Feed<float>("x", new float[4 * n]);
        step.Run();
        if (!float.IsFinite(step.Scalar<float>("loss")))
        {
            throw new InvalidOperationException($"round {round}: {step.Scalar<float>("loss")}");
        }
    }

    private static Figures Report(int round)
    {
        var contexts = 0;
        for (var i = 0; i < 20; i++)
        {
            // The thread that prepares methods may hold the last ones for a moment.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            contexts = AssemblyLoadContext.All.Count(static c => c.IsCollectible);
            if (contexts == 0)
            {
                break;
            }

            Thread.Sleep(10);
        }

        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new(round, contexts, GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.PeakWorkingSet64);
    }
}
