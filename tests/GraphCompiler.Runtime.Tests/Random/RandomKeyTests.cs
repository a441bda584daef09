using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.Tests.Random;

public sealed class RandomKeyTests
{
    [Test]
    public void Of_ManySeedsAndNames_AreAllDifferent()
    {
        HashSet<ulong> keys = [];
        for (var seed = -10; seed < 90; seed++)
        {
            for (var layer = 0; layer < 1000; layer++)
            {
                keys.Add(RandomKey.Of(seed, $"layer{layer}/w"));
            }
        }

        Assert.That(keys, Has.Count.EqualTo(100_000));
    }

    [Test]
    public void Of_OneBitOfDifference_ChangesHalfOfTheKey()
    {
        var flips = 0;
        for (var seed = 0; seed < 1000; seed += 2)
        {
            flips += System.Numerics.BitOperations.PopCount(RandomKey.Of(seed, "w") ^ RandomKey.Of(seed + 1, "w"));
            flips += System.Numerics.BitOperations.PopCount(RandomKey.Of(seed, "w0") ^ RandomKey.Of(seed, "w1"));
        }

        Assert.That(flips / 1000.0, Is.EqualTo(32).Within(1));
    }

    // Keys decide initial values: they may never change from version to version.
    [TestCase(0, "", 6566800829925814604UL)]
    [TestCase(42, "layer1/w", 5203133846348156693UL)]
    [TestCase(-1, "größe", 9123178601348813661UL)]
    public void Of_AnyVersion_IsThisKey(long seed, string name, ulong key) =>
        Assert.That(RandomKey.Of(seed, name), Is.EqualTo(key));
}
