using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

[TestFixture]
public sealed class PrefetchTests
{
    [Test]
    public void Line_AnywhereAroundABuffer_NeitherFaultsNorWrites()
    {
        float[] values = [1, 2, 3];

        foreach (var index in new nint[] { 0, -1, 3, 1 << 20, -(1 << 20), nint.MaxValue / 8 })
        {
            Prefetch.Line(ref values[0], index);
        }

        Assert.That(values, Is.EqualTo(new float[] { 1, 2, 3 }));
    }

    [TestCase(0, 4)]
    [TestCase(-1, 4)]
    [TestCase(4, 0)]
    [TestCase(4, -1)]
    [TestCase(14, 100)]
    public void Tile_OfAnyExtents_NeitherFaultsNorWrites(int rows, int columns)
    {
        double[] values = [1, 2, 3];

        Prefetch.Tile(ref values[0], 1 << 16, rows, columns);

        Assert.That(values, Is.EqualTo(new double[] { 1, 2, 3 }));
    }
}
