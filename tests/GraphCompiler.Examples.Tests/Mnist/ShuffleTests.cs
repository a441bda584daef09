using global::Mnist.Datasets;

namespace GraphCompiler.Examples.Tests.Mnist;

public sealed class ShuffleTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(60_000)]
    public void Order_AnyCount_IsAPermutation(int count) =>
        Assert.That(Shuffle.Order(count, seed: 1, epoch: 1).Order(), Is.EqualTo(Enumerable.Range(0, count)));

    [Test]
    public void Order_SameSeedAndEpoch_IsTheSame()
    {
        var order = Shuffle.Order(1000, seed: 5, epoch: 3);
        Assert.That(Shuffle.Order(1000, seed: 5, epoch: 3), Is.EqualTo(order));
    }

    [Test]
    public void Order_OtherSeedOrEpoch_Differs()
    {
        var order = Shuffle.Order(1000, seed: 5, epoch: 3);
        Assert.That(Shuffle.Order(1000, seed: 6, epoch: 3), Is.Not.EqualTo(order));
        Assert.That(Shuffle.Order(1000, seed: 5, epoch: 4), Is.Not.EqualTo(order));
    }

    [Test]
    public void Order_Of3Images_HasAllSixEquallyOften()
    {
        const int Draws = 6000;
        var counts = Enumerable.Range(0, Draws)
            .CountBy(static epoch => string.Join(',', Shuffle.Order(3, seed: 1, epoch)))
            .ToDictionary();
        Assert.That(counts, Has.Count.EqualTo(6));
        Assert.That(counts.Values, Is.All.InRange(850, 1150)); // 1000 ± 5 standard deviations of 29
    }
}
