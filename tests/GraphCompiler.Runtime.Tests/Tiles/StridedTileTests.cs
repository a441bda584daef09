using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Tiles;

[TestFixture(typeof(float), typeof(TileTargets.Float32On512))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On512))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On256))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On256))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On128))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On128))]
public sealed class StridedTileTests<T, TTile> : TileFixture<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
{
    private static int Rows => TTile.Rows;

    [Test]
    public void Strided_EveryLength_IsTheChainInOrder([Values(1, 4, 6, 14)] int rows, [Values] bool accumulate)
    {
        rows = Math.Min(rows, Rows); // targets differ in the height of a tile

        foreach (int k in Lengths)
        {
            Check(rows, TTile.Columns, k, aRow: k, aK: 1, bK: TTile.Columns, accumulate, atEnd: true);
            Check(rows, TTile.Columns - 3, k, aRow: k, aK: 1, bK: TTile.Columns - 3, accumulate, atEnd: true);
        }
    }

    [Test]
    public void Strided_EveryRowsAndColumns_ReadsNothingElse(
        [Range(1, 14)] int rows, [Values] bool accumulate, [Values] bool atEnd)
    {
        rows = Math.Min(rows, Rows); // targets differ in the height of a tile

        for (int columns = 1; columns <= TTile.Columns; columns++)
        {
            foreach (int k in (int[])[0, 1, 5, 8])
            {
                Check(rows, columns, k, aRow: k, aK: 1, bK: columns, accumulate, atEnd);
                Check(rows, columns, k, aRow: 1, aK: rows, bK: columns, accumulate, atEnd);
            }
        }
    }

    [TestCase(30, 1, 25, TestName = "Strided_RowMajorSubviews_AreRight")]
    [TestCase(1, 11, 16, TestName = "Strided_TransposedA_IsRight")]
    [TestCase(17, 3, 40, TestName = "Strided_NoUnitStrideInA_IsRight")]
    [TestCase(0, 1, 16, TestName = "Strided_OneRowForAll_IsRight")]
    [TestCase(1, 0, 16, TestName = "Strided_OneElementForEveryP_IsRight")]
    [TestCase(0, 0, 0, TestName = "Strided_AllBroadcast_IsRight")]
    public void Strided_OtherStrides_AreRight(int aRow, int aK, int bK)
    {
        for (int rows = 1; rows <= Rows; rows++)
        {
            foreach (int columns in (int[])[1, TTile.Columns / 2, TTile.Columns - 1, TTile.Columns])
            {
                Check(rows, columns, 21, aRow, aK, bK, accumulate: false, atEnd: true);
                Check(rows, columns, 21, aRow, aK, bK, accumulate: true, atEnd: false);
            }
        }
    }

    [Test]
    public void Strided_FullTile_HasTheBitsOfPacked()
    {
        const int K = 50;
        int columns = TTile.Columns;
        Span<T> a = A.Take<T>(K * Rows), b = B.Take<T>(K * columns), c = C.Take<T>(Rows * columns);
        Fill(a, 1);
        Fill(b, 2);
        TTile.Strided(ref a[0], 1, Rows, Rows, ref b[0], columns, columns, K, ref c[0], columns, accumulate: false);
        var packed = new T[c.Length];
        var handle = GCHandle.Alloc(packed, GCHandleType.Pinned);
        TTile.Packed(ref a[0], ref b[0], K, ref packed[0], columns, accumulate: false);
        handle.Free();
        Assert.That(c.ToArray(), Is.EqualTo(packed));
    }

    [Test]
    public void Strided_NanAroundTheView_DoesNotGetIn()
    {
        const int K = 7, Pitch = 40;
        Span<T> a = A.Take<T>(Rows * Pitch), b = B.Take<T>(K * Pitch), c = C.Take<T>(Rows * TTile.Columns);
        a.Fill(T.NaN);
        b.Fill(T.NaN);
        for (int p = 0; p < K; p++)
        {
            (a[p], a[Pitch + p]) = (T.One, T.One);
            b.Slice(p * Pitch, TTile.Columns - 1).Fill(T.One);
        }

        int columns = TTile.Columns - 1;
        TTile.Strided(ref a[0], Pitch, 1, 2, ref b[0], Pitch, columns, K, ref c[0], TTile.Columns, accumulate: false);
        Assert.That(c[..(TTile.Columns - 1)].ToArray(), Is.All.EqualTo(T.CreateChecked(K)));
        Assert.That(c.Slice(TTile.Columns, TTile.Columns - 1).ToArray(), Is.All.EqualTo(T.CreateChecked(K)));
    }

    private void Check(int rows, int columns, int k, int aRow, int aK, int bK, bool accumulate, bool atEnd)
    {
        int ldc = TTile.Columns;
        Span<T> a = A.Take<T>(k == 0 ? 0 : ((rows - 1) * aRow) + ((k - 1) * aK) + 1, atEnd);
        Span<T> b = B.Take<T>(k == 0 ? 0 : ((k - 1) * bK) + columns, atEnd), c = C.Take<T>(Rows * ldc, atEnd);
        Fill(a, k);
        Fill(b, columns);
        Fill(c, rows);
        T[] old = c.ToArray();
        if (!accumulate)
        {
            c.Fill(T.CreateChecked(12345));
        }

        TTile.Strided(
            ref MemoryMarshal.GetReference(a), aRow, aK, rows,
            ref MemoryMarshal.GetReference(b), bK, columns, k, ref c[0], ldc, accumulate);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < k; p++)
                {
                    sum = MultiplyAdd(a[(i * aRow) + (p * aK)], b[(p * bK) + j], sum);
                }

                T expected = accumulate ? old[(i * ldc) + j] + sum : sum, actual = c[(i * ldc) + j];
                string where = $"{rows}x{columns}, k {k}, ({i}, {j})";
                Assert.That(SameBits(actual, expected), $"{where}: {actual}, not {expected}");
            }
        }

        if (TTile.IsExact)
        {
            for (int at = 0; at < c.Length; at++)
            {
                T before = accumulate ? old[at] : T.CreateChecked(12345);
                bool outside = at / ldc >= rows || at % ldc >= columns;
                Assert.That(!outside || SameBits(c[at], before), $"{rows}x{columns}, k {k}: element {at} was written");
            }

            return;
        }

        Assert.That(accumulate || !c.Contains(T.CreateChecked(12345)), "an element of the tile was not written");
    }
}
