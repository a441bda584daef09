using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Tiles;

[TestFixture(typeof(float), typeof(TileTargets.Float32On256))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On256))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On128))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On128))]
public sealed class RowTests<T, TTile> : TileFixture<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, IRowTile<T>
{
    [Test]
    public void Row_EveryLengthAndStride_IsTheChainInOrder(
        [Values(0, 1, 5)] int aK, [Values(0, 3)] int padding, [Values] bool accumulate, [Values] bool atEnd)
    {
        int columns = 4 * TTile.Columns, bK = columns + padding;
        foreach (int k in Lengths)
        {
            Span<T> a = A.Take<T>(k == 0 ? 0 : ((k - 1) * aK) + 1, atEnd), c = C.Take<T>(columns, atEnd);
            Span<T> b = B.Take<T>(k == 0 ? 0 : ((k - 1) * bK) + columns, atEnd);
            Fill(a, k);
            Fill(b, k + 1);
            Fill(c, k + 2);
            T[] old = c.ToArray();
            TTile.Row(
                ref MemoryMarshal.GetReference(a), aK, ref MemoryMarshal.GetReference(b), bK, k, ref c[0], accumulate);
            for (int j = 0; j < columns; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < k; p++)
                {
                    sum = MultiplyAdd(a[p * aK], b[(p * bK) + j], sum);
                }

                T expected = accumulate ? old[j] + sum : sum;
                Assert.That(SameBits(c[j], expected), $"k {k}, column {j}: {c[j]}, not {expected}");
            }
        }
    }
}
