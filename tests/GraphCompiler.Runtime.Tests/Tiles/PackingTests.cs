using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tests.Tiles;

[TestFixture(typeof(float), typeof(TileTargets.Float32On512))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On512))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On256))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On256))]
[TestFixture(typeof(float), typeof(TileTargets.Float32On128))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On128))]
public sealed class PackingTests<T, TTile> : TileFixture<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
{
    private static readonly int[] SomeLengths = [.. Enumerable.Range(0, 20), 31, 32, 33];

    [Test]
    public void PackRows_ContiguousAlongK_IsTheLayout(
        [Range(0, 20)] int rows, [Values(0, 5)] int padding, [Values] bool atEnd) =>
        CheckAll(rows, rowsOfA: true, k => (k + padding, 1), atEnd);

    [Test]
    public void PackRows_ContiguousAcross_IsTheLayout(
        [Range(0, 20)] int rows, [Values(0, 5)] int padding, [Values] bool atEnd) =>
        CheckAll(rows, rowsOfA: true, _ => (1, rows + padding), atEnd);

    [Test]
    public void PackColumns_ContiguousAlongK_IsTheLayout(
        [Range(0, 35)] int columns, [Values(0, 5)] int padding, [Values] bool atEnd) =>
        CheckAll(columns, rowsOfA: false, k => (k + padding, 1), atEnd);

    [Test]
    public void PackColumns_ContiguousAcross_IsTheLayout(
        [Range(0, 35)] int columns, [Values(0, 5)] int padding, [Values] bool atEnd) =>
        CheckAll(columns, rowsOfA: false, _ => (1, columns + padding), atEnd);

    [Test]
    public void Pack_AnyStrides_IsTheLayout(
        [Values(0, 1, 2, 7)] int stride, [Values(0, 1, 3, 50)] int kStride, [Values] bool rowsOfA)
    {
        foreach (int extent in (int[])[1, 5, 6, 7, 14, 15, 16, 19])
        {
            CheckAll(extent, rowsOfA, _ => (stride, kStride), atEnd: true);
        }
    }

    [Test]
    public void Pack_PanelsOfAnAllNanSource_PadWithZero([Values] bool rowsOfA, [Values] bool alongK)
    {
        (int stride, int kStride) = alongK ? (40, 1) : (1, 40);
        Span<T> source = A.Take<T>(40 * 40);
        source.Fill(T.NaN);
        Span<T> packed = Pack(source, stride, kStride, 5, 11, rowsOfA);
        int width = rowsOfA ? TTile.Rows : TTile.Columns;
        for (int at = 0; at < packed.Length; at++)
        {
            Assert.That(SameBits(packed[at], at % width < 5 ? T.NaN : T.Zero), $"element {at}");
        }
    }

    private void CheckAll(int extent, bool rowsOfA, Func<int, (int Stride, int KStride)> strides, bool atEnd)
    {
        int width = rowsOfA ? TTile.Rows : TTile.Columns;
        foreach (int k in SomeLengths)
        {
            (int stride, int kStride) = strides(k);
            int size = k == 0 || extent == 0 ? 0 : ((extent - 1) * stride) + ((k - 1) * kStride) + 1;
            Span<T> source = A.Take<T>(size, atEnd);
            Fill(source, k + extent);
            Span<T> packed = Pack(source, stride, kStride, extent, k, rowsOfA);
            for (int at = 0; at < packed.Length; at++)
            {
                (int line, int p) = ((at / (width * k) * width) + (at % width), at / width % k);
                T expected = line < extent ? source[(line * stride) + (p * kStride)] : T.Zero;
                string where = $"extent {extent}, k {k}, strides {stride}, {kStride}: line {line}, p {p}";
                Assert.That(SameBits(packed[at], expected), where);
            }
        }
    }

    private Span<T> Pack(Span<T> source, int stride, int kStride, int extent, int k, bool rowsOfA)
    {
        int width = rowsOfA ? TTile.Rows : TTile.Columns;
        Span<T> packed = B.Take<T>((extent + width - 1) / width * width * k);
        packed.Fill(T.CreateChecked(12345));
        ref T from = ref MemoryMarshal.GetReference(source);
        ref T to = ref MemoryMarshal.GetReference(packed);
        if (rowsOfA)
        {
            TTile.PackRows(ref from, stride, kStride, extent, k, ref to);
        }
        else
        {
            TTile.PackColumns(ref from, kStride, stride, k, extent, ref to);
        }

        return packed;
    }
}
