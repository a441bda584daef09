using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Benchmarks;

/// <summary>What one core can do at most: independent fused multiply-adds on 256-bit registers, no memory.</summary>
internal static class PeakBenchmark
{
    private const int Rounds = 1 << 20;
    private const int Chains = 12;

    public static void Run()
    {
        if (!Fma.IsSupported)
        {
            Console.WriteLine("peak: this processor has no FMA");
            return;
        }

        var seconds = Timing.Median(static () => Chain(Vector256.Create(0.999f), Vector256.Create(0.001f)));
        var flops = 2.0 * Vector256<float>.Count * Chains * Rounds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak 256-bit FMA threads 1 GFLOP/s {flops / seconds / 1e9:F1}"));
    }

    // Latency times throughput is eight to ten chains; twelve is what a register tile has.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Chain(Vector256<float> a, Vector256<float> b)
    {
        Vector256<float> c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
        for (var i = 0; i < Rounds; i++)
        {
            c0 = Fma.MultiplyAdd(c0, a, b);
            c1 = Fma.MultiplyAdd(c1, a, b);
            c2 = Fma.MultiplyAdd(c2, a, b);
            c3 = Fma.MultiplyAdd(c3, a, b);
            c4 = Fma.MultiplyAdd(c4, a, b);
            c5 = Fma.MultiplyAdd(c5, a, b);
            c6 = Fma.MultiplyAdd(c6, a, b);
            c7 = Fma.MultiplyAdd(c7, a, b);
            c8 = Fma.MultiplyAdd(c8, a, b);
            c9 = Fma.MultiplyAdd(c9, a, b);
            c10 = Fma.MultiplyAdd(c10, a, b);
            c11 = Fma.MultiplyAdd(c11, a, b);
        }

        return c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
    }
}
