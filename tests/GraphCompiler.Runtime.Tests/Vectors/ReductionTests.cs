using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Tests.Support;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

[TestFixture]
public sealed class ReductionTests
{
    private const int Rounds = 20_000;

    [Test]
    public void Single_RandomVectors_FollowTheTree()
    {
        var random = new System.Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var x = Draw(random, r => (float)Wild(r));
            var v = Vector256.Create<float>(x);
            var (lo, hi) = (v.GetLower(), v.GetUpper());
            Same(Tree(x, (a, b) => a + b), Vec256.Sum(v), Vec128.Sum(lo, hi));
            Same(Tree(x, (a, b) => a * b), Vec256.Product(v), Vec128.Product(lo, hi));
            Same(Tree(x, MathF.Min), Vec256.ReduceMin(v), Vec128.ReduceMin(lo, hi));
            Same(Tree(x, MathF.Max), Vec256.ReduceMax(v), Vec128.ReduceMax(lo, hi));
        }
    }

    [Test]
    public void Double_RandomVectors_FollowTheTree()
    {
        var random = new System.Random(2);
        for (var i = 0; i < Rounds; i++)
        {
            var x = Draw(random, Wild);
            var (lo, hi) = (Vector256.Create(x), Vector256.Create(x, 4));
            var (v0, v1, v2, v3) = (lo.GetLower(), lo.GetUpper(), hi.GetLower(), hi.GetUpper());
            Same(Tree(x, (a, b) => a + b), Vec256.Sum(lo, hi), Vec128.Sum(v0, v1, v2, v3));
            Same(Tree(x, (a, b) => a * b), Vec256.Product(lo, hi), Vec128.Product(v0, v1, v2, v3));
            Same(Tree(x, Math.Min), Vec256.ReduceMin(lo, hi), Vec128.ReduceMin(v0, v1, v2, v3));
            Same(Tree(x, Math.Max), Vec256.ReduceMax(lo, hi), Vec128.ReduceMax(v0, v1, v2, v3));
        }
    }

    [Test]
    public void Int32_RandomVectors_WrapAndFollowTheTree()
    {
        var random = new System.Random(3);
        for (var i = 0; i < Rounds; i++)
        {
            var x = Draw(random, r => r.Next(int.MinValue, int.MaxValue));
            var v = Vector256.Create(x);
            var (lo, hi) = (v.GetLower(), v.GetUpper());
            Same(Tree(x, (a, b) => unchecked(a + b)), Vec256.Sum(v), Vec128.Sum(lo, hi));
            Same(Tree(x, (a, b) => unchecked(a * b)), Vec256.Product(v), Vec128.Product(lo, hi));
            Same(Tree(x, Math.Min), Vec256.ReduceMin(v), Vec128.ReduceMin(lo, hi));
            Same(Tree(x, Math.Max), Vec256.ReduceMax(v), Vec128.ReduceMax(lo, hi));
        }
    }

    // Sixteen elements: each with the one eight further, then the tree of eight.
    [Test]
    public void Widest_RandomVectors_FollowTheTree()
    {
        var random = new System.Random(4);
        for (var i = 0; i < Rounds; i++)
        {
            var (x, y) = (Draw(random, Wild), Draw(random, Wild));
            var (lo, hi) = (Vector512.Create(x), Vector512.Create(y));
            var (sx, sy) = (Array.ConvertAll(x, v => (float)v), Array.ConvertAll(y, v => (float)v));
            var v = Vector512.Create(Vector256.Create(sx), Vector256.Create(sy));
            var (ix, iy) = (Draw(random, r => r.Next()), Draw(random, r => r.Next()));
            var integers = Vector512.Create(Vector256.Create(ix), Vector256.Create(iy));
            Same(Tree(x, y, (a, b) => a + b), Vec512.Sum(lo, hi));
            Same(Tree(x, y, (a, b) => a * b), Vec512.Product(lo, hi));
            Same(Tree(x, y, Math.Min), Vec512.ReduceMin(lo, hi));
            Same(Tree(x, y, Math.Max), Vec512.ReduceMax(lo, hi));
            Same(Tree(sx, sy, (a, b) => a + b), Vec512.Sum(v));
            Same(Tree(sx, sy, (a, b) => a * b), Vec512.Product(v));
            Same(Tree(sx, sy, MathF.Min), Vec512.ReduceMin(v));
            Same(Tree(sx, sy, MathF.Max), Vec512.ReduceMax(v));
            Same(Tree(ix, iy, (a, b) => unchecked(a + b)), Vec512.Sum(integers));
            Same(Tree(ix, iy, (a, b) => unchecked(a * b)), Vec512.Product(integers));
            Same(Tree(ix, iy, Math.Min), Vec512.ReduceMin(integers));
            Same(Tree(ix, iy, Math.Max), Vec512.ReduceMax(integers));
        }
    }

    private static T Tree<T>(T[] low, T[] high, Func<T, T, T> f) => Tree([.. low.Zip(high, f)], f);

    private static T Tree<T>(T[] x, Func<T, T, T> f) =>
        f(f(f(x[0], x[4]), f(x[2], x[6])), f(f(x[1], x[5]), f(x[3], x[7])));

    private static T[] Draw<T>(System.Random random, Func<System.Random, T> draw) =>
        Enumerable.Range(0, 8).Select(_ => draw(random)).ToArray();

    private static double Wild(System.Random random) => random.Next(40) switch
    {
        0 => double.NaN,
        1 => 0.0,
        2 => -0.0,
        3 => double.PositiveInfinity,
        _ => (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-20, 20)),
    };

    private static void Same(double expected, params ReadOnlySpan<double> actual)
    {
        foreach (var value in actual)
        {
            if (!Ulp.SameBits(expected, value))
            {
                Assert.Fail($"{value:R} instead of {expected:R}");
            }
        }
    }
}
