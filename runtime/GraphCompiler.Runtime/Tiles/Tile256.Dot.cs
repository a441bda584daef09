using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Tiles;

public static partial class Tile256
{
    /// <summary>Σ over p &lt; k of a[p] · b[p], both of unit stride: for products too narrow for a tile.</summary>
    /// <param name="a">First of k elements.</param>
    /// <param name="b">First of k elements.</param>
    /// <param name="k">Length of the sum; 0 gives +0.</param>
    /// <returns>The sum. |error| ≤ (⌈k/32⌉ + 5)·ε·Σ|a·b|, ε being half a ULP of 1.</returns>
    /// <remarks>The order is fixed by 32 logical lanes, whatever the vector: element p goes to lane p mod 32 by fused
    /// multiply-add in order from +0, the elements beyond k in the last round being +0. Then with g0 to g3 the groups
    /// of 8 lanes, g = (g0 + g1) + (g2 + g3); lane i + lane (i+4), then i + (i+2), then i + (i+1). NaN and ∞ follow
    /// IEEE 754. 2·k flops.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe float Dot(ref float a, ref float b, nint k) =>
        Dot((float*)Unsafe.AsPointer(ref a), (float*)Unsafe.AsPointer(ref b), k);

    /// <inheritdoc cref="Dot(ref float, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe double Dot(ref double a, ref double b, nint k) =>
        Dot((double*)Unsafe.AsPointer(ref a), (double*)Unsafe.AsPointer(ref b), k);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float Dot(float* a, float* b, nint k)
    {
        Vector256<float> g0 = Vector256<float>.Zero, g1 = g0, g2 = g0, g3 = g0;
        for (; k >= 32; k -= 32)
        {
            g0 = Lanes256.Fma(Vector256.Load(a), Vector256.Load(b), g0);
            g1 = Lanes256.Fma(Vector256.Load(a + 8), Vector256.Load(b + 8), g1);
            g2 = Lanes256.Fma(Vector256.Load(a + 16), Vector256.Load(b + 16), g2);
            g3 = Lanes256.Fma(Vector256.Load(a + 24), Vector256.Load(b + 24), g3);
            a += 32;
            b += 32;
        }

        if (k > 0)
        {
            g0 = FmaTail(a, b, k, 0, g0);
            g1 = FmaTail(a, b, k, 8, g1);
            g2 = FmaTail(a, b, k, 16, g2);
            g3 = FmaTail(a, b, k, 24, g3);
        }

        Vector256<float> g = (g0 + g1) + (g2 + g3);
        Vector128<float> sum = g.GetLower() + g.GetUpper();
        return (sum[0] + sum[2]) + (sum[1] + sum[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe double Dot(double* a, double* b, nint k)
    {
        Vector256<double> g00 = Vector256<double>.Zero, g10 = g00, g20 = g00, g30 = g00;
        Vector256<double> g01 = g00, g11 = g00, g21 = g00, g31 = g00;
        for (; k >= 32; k -= 32)
        {
            g00 = Lanes256.Fma(Vector256.Load(a), Vector256.Load(b), g00);
            g01 = Lanes256.Fma(Vector256.Load(a + 4), Vector256.Load(b + 4), g01);
            g10 = Lanes256.Fma(Vector256.Load(a + 8), Vector256.Load(b + 8), g10);
            g11 = Lanes256.Fma(Vector256.Load(a + 12), Vector256.Load(b + 12), g11);
            g20 = Lanes256.Fma(Vector256.Load(a + 16), Vector256.Load(b + 16), g20);
            g21 = Lanes256.Fma(Vector256.Load(a + 20), Vector256.Load(b + 20), g21);
            g30 = Lanes256.Fma(Vector256.Load(a + 24), Vector256.Load(b + 24), g30);
            g31 = Lanes256.Fma(Vector256.Load(a + 28), Vector256.Load(b + 28), g31);
            a += 32;
            b += 32;
        }

        if (k > 0)
        {
            g00 = FmaTail(a, b, k, 0, g00);
            g01 = FmaTail(a, b, k, 4, g01);
            g10 = FmaTail(a, b, k, 8, g10);
            g11 = FmaTail(a, b, k, 12, g11);
            g20 = FmaTail(a, b, k, 16, g20);
            g21 = FmaTail(a, b, k, 20, g21);
            g30 = FmaTail(a, b, k, 24, g30);
            g31 = FmaTail(a, b, k, 28, g31);
        }

        Vector256<double> low = (g00 + g10) + (g20 + g30), high = (g01 + g11) + (g21 + g31), sum = low + high;
        return (sum[0] + sum[2]) + (sum[1] + sum[3]);
    }

    /// <summary>One vector of the last round: the elements at <paramref name="lane"/> and after, +0 from k
    /// on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<T> FmaTail<T>(T* a, T* b, nint k, nint lane, Vector256<T> sum)
        where T : unmanaged
    {
        Vector256<T> mask = Lanes256.Mask<T>(k - lane);
        return Lanes256.Fma(Lanes256.Load(a + lane, mask), Lanes256.Load(b + lane, mask), sum);
    }
}
