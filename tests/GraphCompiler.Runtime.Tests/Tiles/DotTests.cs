using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Tiles;

[TestFixture(typeof(float), typeof(TileTargets.Float32On256))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On256))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On128))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On128))]
public sealed class DotTests<T, TTile> : TileFixture<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, IDotTile<T>
{
    private const int Lanes = 32;

    [Test]
    public void Dot_EveryLength_IsTheSumOfTheLogicalLanes([Range(0, 130)] int k, [Values] bool atEnd)
    {
        Span<T> a = A.Take<T>(k, atEnd), b = B.Take<T>(k, atEnd);
        Fill(a, k);
        Fill(b, k + 1);
        Check(a, b);
    }

    [Test]
    public void Dot_ProductsThatUnderflowToMinusZero_HaveTheSignOfTheLogicalLanes([Range(1, 100)] int k)
    {
        Span<T> a = A.Take<T>(k), b = B.Take<T>(k);
        a.Fill(T.Epsilon);
        b.Fill(-T.Epsilon);
        Check(a, b);
    }

    [Test]
    public void Dot_NanOrInfinityAnywhere_IsFound([Values(0, 7, 31, 32, 40, 44)] int at)
    {
        Span<T> a = A.Take<T>(45), b = B.Take<T>(45);
        b.Fill(T.One);
        a.Clear();
        a[at] = T.NegativeInfinity;
        Assert.That(T.IsNegativeInfinity(TTile.Dot(ref a[0], ref b[0], 45)));
        a[at] = T.NaN;
        Assert.That(T.IsNaN(TTile.Dot(ref a[0], ref b[0], 45)));
    }

    private static void Check(Span<T> a, Span<T> b)
    {
        Span<T> lanes = stackalloc T[Lanes];
        lanes.Clear();
        for (int p = 0; p < (a.Length + Lanes - 1) / Lanes * Lanes; p++)
        {
            bool inside = p < a.Length;
            lanes[p % Lanes] = MultiplyAdd(inside ? a[p] : T.Zero, inside ? b[p] : T.Zero, lanes[p % Lanes]);
        }

        for (int i = 0; i < 8; i++)
        {
            lanes[i] = (lanes[i] + lanes[i + 8]) + (lanes[i + 16] + lanes[i + 24]);
        }

        for (int half = 4; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        T actual = TTile.Dot(ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(b), a.Length);
        Assert.That(SameBits(actual, lanes[0]), $"{actual}, not {lanes[0]}");
    }
}
