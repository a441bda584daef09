using System.Runtime.InteropServices;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>What a tile asks memory for meanwhile changes no bit, and may lie anywhere: pages around the operands cannot be
/// read.</summary>
public sealed class StridedFetchTests : TileFixture<float, TileTargets.Float32On512>
{
    [Test]
    public void Strided_ThatFetches_IsTheTile(
        [Range(1, 14)] int rows, [Values] bool accumulate, [Values(0, 32, 1_000_000, -1_000_000, int.MaxValue)] int fetch)
    {
        foreach (int columns in (int[])[1, 8, 9, 16, 17, 31, 32])
        {
            foreach (int k in (int[])[0, 1, 9, 33])
            {
                int bK = columns + 2, ldc = columns;
                Span<float> a = A.Take<float>(rows * k), b = B.Take<float>(k == 0 ? 0 : ((k - 1) * bK) + columns);
                Span<float> c = C.Take<float>(rows * ldc);
                Fill(a, k);
                Fill(b, columns);
                Fill(c, rows);
                float[] expected = GC.AllocateArray<float>(c.Length, pinned: true);
                c.CopyTo(expected);
                ref float left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
                Tile512.Strided(ref left, k, 1, rows, ref right, bK, columns, k, ref expected[0], ldc, accumulate);
                Tile512.Strided(ref left, k, 1, rows, ref right, bK, columns, k, ref c[0], ldc, accumulate, fetch);
                Assert.That(c.SequenceEqual(expected), $"{rows}x{columns}, k {k}");
            }
        }
    }
}
