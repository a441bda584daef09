using GraphCompiler.Schedule;

namespace GraphCompiler.Tests.Schedule;

public sealed class GroupOrderTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Precedes_AfterRandomEdges_AgreesWithSearch(int seed)
    {
        const int Count = 24;
        var random = new System.Random(seed);
        var order = new GroupOrder();
        Group[] groups = [.. Enumerable.Range(0, Count).Select(static i => new Group(i, GroupKind.Pointwise, Shape.Scalar, []))];
        Array.ForEach(groups, order.Add);
        var reach = new bool[Count, Count];
        for (var i = 0; i < Count; i++)
        {
            reach[i, i] = true;
        }

        for (var edge = 0; edge < 80; edge++)
        {
            var (a, b) = (random.Next(Count), random.Next(Count));
            Assert.That(order.Precedes(groups[b], groups[a]), Is.EqualTo(reach[b, a]));
            if (reach[b, a])
            {
                continue; // a circle
            }

            order.Edge(groups[a], groups[b]);
            for (var i = 0; i < Count; i++)
            {
                for (var j = 0; j < Count; j++)
                {
                    reach[i, j] |= reach[i, a] && reach[b, j];
                }
            }
        }
    }

    [Test]
    public void Edge_ThatClosesACircle_Throws()
    {
        var order = new GroupOrder();
        Group[] groups = [.. Enumerable.Range(0, 3).Select(static i => new Group(i, GroupKind.Pointwise, Shape.Scalar, []))];
        Array.ForEach(groups, order.Add);
        order.Edge(groups[0], groups[1]);
        order.Edge(groups[1], groups[2]);
        Assert.That(() => order.Edge(groups[2], groups[0]), Throws.InvalidOperationException);
    }
}
