using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Tests.Support;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

[TestFixture]
public sealed class ConversionTests
{
    private static readonly double[] Reals =
    [
        0, -0.0, 0.5, -0.5, 0.999999, -0.999999, 1.5, -2.5, 16777216, 16777217, 2147483646.5, 2147483647, 2147483647.5,
        2147483648, 4294967296, -2147483647.5, -2147483648, -2147483648.5, -2147483649, 1e30, -1e30, 1e300, -1e300,
        1e-40, 1e-46, -1e-300, 3.4028235677973366e38, 3.4028235677973362e38, double.PositiveInfinity,
        double.NegativeInfinity, double.NaN,
    ];

    [Test]
    public void Reals_EveryKind_AsTheScalarConversions()
    {
        foreach (var x in Reals)
        {
            var s = (float)x;
            var (wide, narrow) = (Vector256.Create(x), Vector128.Create(x));
            var (wideSingle, narrowSingle) = (Vector256.Create(s), Vector128.Create(s));
            var (widest, widestSingle) = (Vector512.Create(x), Vector512.Create(s));
            Assert.Multiple(() =>
            {
                Assert.That(Scalar.ToInt32(x), Is.EqualTo(Saturated(x)), $"{x}");
                Assert.That(Vec256.ToInt32(wide, wide), Is.EqualTo(Vector256.Create(Saturated(x))), $"{x}");
                Assert.That(Vec128.ToInt32(narrow, narrow), Is.EqualTo(Vector128.Create(Saturated(x))), $"{x}");
                Assert.That(Vec512.ToInt32(widest, widest), Is.EqualTo(Vector512.Create(Saturated(x))), $"{x}");
                Assert.That(Scalar.ToInt32(s), Is.EqualTo(Saturated(s)), $"{s}");
                Assert.That(Vec256.ToInt32(wideSingle), Is.EqualTo(Vector256.Create(Saturated(s))), $"{s}");
                Assert.That(Vec128.ToInt32(narrowSingle), Is.EqualTo(Vector128.Create(Saturated(s))), $"{s}");
                Assert.That(Vec512.ToInt32(widestSingle), Is.EqualTo(Vector512.Create(Saturated(s))), $"{s}");
                Assert.That(Ulp.SameBits(Vec512.ToSingle(widest, widest)[13], s), $"{x}");
                Assert.That(Ulp.SameBits(Vec256.ToSingle(wide, wide)[5], s), $"{x}");
                Assert.That(Ulp.SameBits(Vec128.ToSingle(narrow, narrow)[3], s), $"{x}");
            });
        }
    }

    [Test]
    public void Lanes_DistinctElements_KeepTheirOrder()
    {
        int[] numbers = [1, -2, 3, int.MaxValue, int.MinValue, 16777217, 7, -8];
        var integers = Vector256.Create(numbers);
        var doubles = Array.ConvertAll(numbers, n => (double)n);
        var (lo, hi) = (Vector256.Create(doubles), Vector256.Create(doubles, 4));
        var singles = Vector256.Create(Array.ConvertAll(numbers, n => (float)n));
        var (narrow, narrowSingles) = (integers.GetUpper(), singles.GetUpper());
        Assert.Multiple(() =>
        {
            Assert.That(Vec256.ToDoubleLow(integers), Is.EqualTo(lo));
            Assert.That(Vec256.ToDoubleHigh(integers), Is.EqualTo(hi));
            Assert.That(Vec256.ToInt32(lo, hi), Is.EqualTo(integers));
            Assert.That(Vec256.ToSingle(integers), Is.EqualTo(singles));
            Assert.That(Vec256.ToSingle(lo, hi), Is.EqualTo(singles));
            Assert.That(Vec256.ToSingle(Vec256.ToDoubleLow(singles), Vec256.ToDoubleHigh(singles)), Is.EqualTo(singles));
            Assert.That(Vec128.ToDoubleLow(narrow), Is.EqualTo(hi.GetLower()));
            Assert.That(Vec128.ToDoubleHigh(narrow), Is.EqualTo(hi.GetUpper()));
            Assert.That(Vec128.ToInt32(hi.GetLower(), hi.GetUpper()), Is.EqualTo(narrow));
            Assert.That(Vec128.ToSingle(narrow), Is.EqualTo(narrowSingles));
            Assert.That(Vec128.ToSingle(hi.GetLower(), hi.GetUpper()), Is.EqualTo(narrowSingles));
            Assert.That(
                Vec128.ToSingle(Vec128.ToDoubleLow(narrowSingles), Vec128.ToDoubleHigh(narrowSingles)),
                Is.EqualTo(narrowSingles));
        });
    }

    [Test]
    public void WidestLanes_DistinctElements_KeepTheirOrder()
    {
        int[] numbers = [1, -2, 3, int.MaxValue, int.MinValue, 16777217, 7, -8, 9, 10, -11, 12, 13, 14, -15, 16];
        var integers = Vector512.Create(numbers);
        var doubles = Array.ConvertAll(numbers, n => (double)n);
        var (lo, hi) = (Vector512.Create(doubles), Vector512.Create(doubles, 8));
        var singles = Vector512.Create(Array.ConvertAll(numbers, n => (float)n));
        Assert.Multiple(() =>
        {
            Assert.That(Vec512.ToDoubleLow(integers), Is.EqualTo(lo));
            Assert.That(Vec512.ToDoubleHigh(integers), Is.EqualTo(hi));
            Assert.That(Vec512.ToInt32(lo, hi), Is.EqualTo(integers));
            Assert.That(Vec512.ToSingle(integers), Is.EqualTo(singles));
            Assert.That(Vec512.ToSingle(lo, hi), Is.EqualTo(singles));
            Assert.That(Vec512.ToSingle(Vec512.ToDoubleLow(singles), Vec512.ToDoubleHigh(singles)), Is.EqualTo(singles));
        });
    }

    private static int Saturated(double x) => double.IsNaN(x) ? 0
        : x <= int.MinValue ? int.MinValue
        : x >= int.MaxValue ? int.MaxValue
        : (int)Math.Truncate(x);
}
