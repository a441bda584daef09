using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Tiles;

[TestFixture(typeof(float), typeof(TileTargets.Float32On512))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On512))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On256))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On256))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On128))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On128))]
public sealed class PackedTileTests<T, TTile> : TileFixture<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
{
    private static int Rows => TTile.Rows;

    [Test]
    public void Packed_EveryLength_IsTheChainInOrder(
        [Values] bool accumulate, [Values(0, 3)] int padding, [Values] bool atEnd)
    {
        int columns = TTile.Columns, ldc = columns + padding;
        foreach (int k in Lengths)
        {
            Span<T> a = A.Take<T>(k * Rows, atEnd), b = B.Take<T>(k * columns, atEnd);
            Span<T> c = C.Take<T>(((Rows - 1) * ldc) + columns, atEnd);
            Fill(a, k);
            Fill(b, k + 1);
            Fill(c, k + 2);
            T[] old = c.ToArray();
            Run(a, b, k, c, ldc, accumulate);
            for (int at = 0; at < c.Length; at++)
            {
                (int i, int j) = (at / ldc, at % ldc);
                T expected = j >= columns ? old[at] : Expected(a, b, k, i, j, old[at], accumulate);
                Assert.That(SameBits(c[at], expected), $"k {k}, ({i}, {j}): {c[at]}, not {expected}");
            }
        }
    }

    [Test]
    public void Packed_LongSum_KeepsTheErrorBound()
    {
        const int K = 2000;
        int columns = TTile.Columns;
        Span<T> a = A.Take<T>(K * Rows), b = B.Take<T>(K * columns), c = C.Take<T>(Rows * columns);
        Fill(a, 1);
        Fill(b, 2);
        Run(a, b, K, c, columns, accumulate: false);
        double epsilon = typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);
        for (int at = 0; at < c.Length; at++)
        {
            double sum = 0, magnitude = 0;
            for (int p = 0; p < K; p++)
            {
                (T x, T y) = (a[(p * Rows) + (at / columns)], b[(p * columns) + (at % columns)]);
                double term = double.CreateChecked(x) * double.CreateChecked(y);
                sum += term;
                magnitude += Math.Abs(term);
            }

            // The reference is itself a double sum, hence twice the bound for double.
            Assert.That(double.CreateChecked(c[at]), Is.EqualTo(sum).Within(4 * Math.Sqrt(K) * epsilon * magnitude));
        }
    }

    [Test]
    public void Packed_NanInOneRowAndInfinityInOneColumn_StayThere()
    {
        const int K = 9;
        int columns = TTile.Columns;
        Span<T> a = A.Take<T>(K * Rows), b = B.Take<T>(K * columns), c = C.Take<T>(Rows * columns);
        Fill(a, 3);
        Fill(b, 4);
        a[(4 * Rows) + 2] = T.NaN;
        b[(7 * columns) + 5] = T.PositiveInfinity;
        Run(a, b, K, c, columns, accumulate: false);
        for (int at = 0; at < c.Length; at++)
        {
            (int i, int j) = (at / columns, at % columns);
            Assert.That(T.IsNaN(c[at]), Is.EqualTo(i == 2), $"({i}, {j})");
            Assert.That(T.IsInfinity(c[at]), Is.EqualTo(i != 2 && j == 5), $"({i}, {j})");
        }
    }

    private static void Run(Span<T> a, Span<T> b, int k, Span<T> c, int ldc, bool accumulate) =>
        TTile.Packed(
            ref MemoryMarshal.GetReference(a),
            ref MemoryMarshal.GetReference(b), k, ref c[0], ldc, accumulate);

    private static T Expected(Span<T> a, Span<T> b, int k, int i, int j, T old, bool accumulate)
    {
        T sum = T.Zero;
        for (int p = 0; p < k; p++)
        {
            sum = MultiplyAdd(a[(p * Rows) + i], b[(p * TTile.Columns) + j], sum);
        }

        return accumulate ? old + sum : sum;
    }
}
