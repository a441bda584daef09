using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile128
{
    /// <inheritdoc cref="Tile256.Dot(ref float, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe float Dot(ref float a, ref float b, nint k) =>
        Dot((float*)Unsafe.AsPointer(ref a), (float*)Unsafe.AsPointer(ref b), k);

    /// <inheritdoc cref="Tile256.Dot(ref double, ref double, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe double Dot(ref double a, ref double b, nint k) =>
        Dot((double*)Unsafe.AsPointer(ref a), (double*)Unsafe.AsPointer(ref b), k);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float Dot(float* a, float* b, nint k)
    {
        DotLanes(
            a, b, k, Rounds(k),
            out var g0, out var g1, out var g2, out var g3, out var g4, out var g5, out var g6, out var g7);
        Vector128<float> low = (g0 + g2) + (g4 + g6), high = (g1 + g3) + (g5 + g7), sum = low + high;
        return (sum[0] + sum[2]) + (sum[1] + sum[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe double Dot(double* a, double* b, nint k)
    {
        // Eight vectors of two are half of the logical lanes: two passes, since sixteen accumulators would not stay in
        // registers.
        DotLanes(
            a, b, k, Rounds(k),
            out var g0, out var g1, out var g2, out var g3, out var g4, out var g5, out var g6, out var g7);
        Vector128<double> s0 = g0 + g4, s1 = g1 + g5, s2 = g2 + g6, s3 = g3 + g7;
        DotLanes(a + 16, b + 16, k - 16, Rounds(k), out g0, out g1, out g2, out g3, out g4, out g5, out g6, out g7);
        s0 += g0 + g4;
        s1 += g1 + g5;
        s2 += g2 + g6;
        s3 += g3 + g7;
        Vector128<double> low = s0 + s2, high = s1 + s3, sum = low + high;
        return sum[0] + sum[1];
    }

    /// <summary>Rounds of 32 lanes, the last of them possibly part padding.</summary>
    private static nint Rounds(nint k) => (k + 31) >> 5;

    /// <summary>Eight vectors of the logical lanes over all rounds; in the last one <paramref name="k"/>, the elements
    /// left from the first of these lanes on, may be 0 or less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void DotLanes<T>(
        T* a, T* b, nint k, nint rounds,
        out Vector128<T> g0, out Vector128<T> g1, out Vector128<T> g2, out Vector128<T> g3,
        out Vector128<T> g4, out Vector128<T> g5, out Vector128<T> g6, out Vector128<T> g7)
        where T : unmanaged
    {
        nint lanes = Vector128<T>.Count, span = 8 * lanes;
        Vector128<T> s0 = Vector128<T>.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (; k >= span; rounds--)
        {
            s0 = Lanes128.Fma(Vector128.Load(a), Vector128.Load(b), s0);
            s1 = Lanes128.Fma(Vector128.Load(a + lanes), Vector128.Load(b + lanes), s1);
            s2 = Lanes128.Fma(Vector128.Load(a + (2 * lanes)), Vector128.Load(b + (2 * lanes)), s2);
            s3 = Lanes128.Fma(Vector128.Load(a + (3 * lanes)), Vector128.Load(b + (3 * lanes)), s3);
            s4 = Lanes128.Fma(Vector128.Load(a + (4 * lanes)), Vector128.Load(b + (4 * lanes)), s4);
            s5 = Lanes128.Fma(Vector128.Load(a + (5 * lanes)), Vector128.Load(b + (5 * lanes)), s5);
            s6 = Lanes128.Fma(Vector128.Load(a + (6 * lanes)), Vector128.Load(b + (6 * lanes)), s6);
            s7 = Lanes128.Fma(Vector128.Load(a + (7 * lanes)), Vector128.Load(b + (7 * lanes)), s7);
            a += 32;
            b += 32;
            k -= 32;
        }

        // Every lane takes part in every round, be it with padding: fma(0, 0, −0) is +0, here as on wider vectors.
        if (rounds > 0)
        {
            s0 = FmaTail(a, b, k, 0, s0);
            s1 = FmaTail(a, b, k, lanes, s1);
            s2 = FmaTail(a, b, k, 2 * lanes, s2);
            s3 = FmaTail(a, b, k, 3 * lanes, s3);
            s4 = FmaTail(a, b, k, 4 * lanes, s4);
            s5 = FmaTail(a, b, k, 5 * lanes, s5);
            s6 = FmaTail(a, b, k, 6 * lanes, s6);
            s7 = FmaTail(a, b, k, 7 * lanes, s7);
        }

        (g0, g1, g2, g3) = (s0, s1, s2, s3);
        (g4, g5, g6, g7) = (s4, s5, s6, s7);
    }

    /// <summary>One vector of the last round: the elements at <paramref name="lane"/> and after, +0 from k
    /// on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<T> FmaTail<T>(T* a, T* b, nint k, nint lane, Vector128<T> sum)
        where T : unmanaged =>
        Lanes128.Fma(Lanes128.Load(a + lane, k - lane), Lanes128.Load(b + lane, k - lane), sum);
}
