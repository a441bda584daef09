using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Tiles;

[TestFixture(typeof(float), typeof(TileTargets.Float32On512))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On512))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On256))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On256))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On128))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On128))]
public sealed class RowTests<T, TTile> : TileFixture<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
{
    [Test]
    public void Row_EveryLengthAndStride_IsTheChainInOrder(
        [Values(0, 1, 5)] int aK, [Values(0, 3)] int padding, [Values(1, 7, 16, 31, 64, 75)] int columns, [Values] bool atEnd)
    {
        int bK = columns + padding;
        foreach (int k in Lengths)
        {
            Span<T> a = A.Take<T>(k == 0 ? 0 : ((k - 1) * aK) + 1, atEnd), c = C.Take<T>(columns, atEnd);
            Span<T> b = B.Take<T>(k == 0 ? 0 : ((k - 1) * bK) + columns, atEnd);
            Fill(a, k);
            Fill(b, k + 1);
            c.Fill(T.NaN);
            TTile.Row(
                ref MemoryMarshal.GetReference(a), aK, ref MemoryMarshal.GetReference(b), bK, columns, k, ref c[0]);
            for (int j = 0; j < columns; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < k; p++)
                {
                    sum = MultiplyAdd(a[p * aK], b[(p * bK) + j], sum);
                }

                Assert.That(SameBits(c[j], sum), $"k {k}, column {j}: {c[j]}, not {sum}");
            }
        }
    }
}
