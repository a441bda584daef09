using System.Numerics;
using System.Runtime.InteropServices;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>The tile that packs its columns of B has the bits of the tile that does not, and its panel those of B.</summary>
public sealed class StridedPackingTests : TileFixture<float, TileTargets.Float32On512>
{
    [Test]
    public void StridedPacking_EveryShape_IsTheTileAndThePanel([Range(1, 14)] int rows, [Values] bool accumulate, [Values] bool atEnd)
    {
        const int Width = Tile512.ColumnsFloat32;
        for (int columns = 1; columns <= Width; columns++)
        {
            foreach (int k in (int[])[0, 1, 9, 33])
            {
                int bK = columns + 2, ldc = columns;
                Span<float> a = A.Take<float>(rows * k, atEnd), b = B.Take<float>(k == 0 ? 0 : ((k - 1) * bK) + columns, atEnd);
                Span<float> c = C.Take<float>(rows * ldc, atEnd);
                Fill(a, k);
                Fill(b, columns);
                Fill(c, rows);
                float[] expected = GC.AllocateArray<float>(c.Length, pinned: true);
                float[] panel = GC.AllocateArray<float>((k * Width) + 1, pinned: true);
                c.CopyTo(expected);
                Array.Fill(panel, float.NaN);
                ref float left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
                Tile512.Strided(ref left, k, 1, rows, ref right, bK, columns, k, ref expected[0], ldc, accumulate);
                Tile512.StridedPacking(ref left, k, 1, rows, ref right, bK, columns, k, ref c[0], ldc, accumulate, ref panel[0]);
                Assert.That(c.SequenceEqual(expected), $"{rows}x{columns}, k {k}");
                int written = (columns + 15) / 16 * 16;
                for (int at = 0; at < k * Width; at++)
                {
                    (int p, int j) = (at / Width, at % Width);
                    float value = j < columns ? b[(p * bK) + j] : j < written ? 0 : float.NaN;
                    Assert.That(SameBits(panel[at], value), $"{columns} columns, p {p}, column {j}");
                }

                Assert.That(panel[^1], Is.NaN, "beyond the panel");
            }
        }
    }
}
