namespace GraphCompiler.Tests;

public sealed class NodeMapTests
{
    [Test]
    public void Values_OfSomeNodes_AreFoundByNode()
    {
        var (first, second, third) = Nodes();
        var map = new NodeMap<string>();
        map.Add(third, "third");
        map.Add(first, "first");
        map[first] = "other";
        Assert.That(map[first], Is.EqualTo("other"));
        Assert.That(map[third], Is.EqualTo("third"));
        Assert.That(map.ContainsKey(second), Is.False);
        Assert.That(map.GetValueOrDefault(second), Is.Null);
        Assert.That(() => map[second], Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => map.Add(third, "again"), Throws.ArgumentException);
    }

    [Test]
    public void Remove_Node_LeavesOthers()
    {
        var (first, second, third) = Nodes();
        var map = new NodeMap<int>(2) { [first] = 1, [second] = 2 };
        map.Remove(first);
        map.Remove(third);
        Assert.That(map.TryGetValue(first, out _), Is.False);
        Assert.That(map[second], Is.EqualTo(2));
    }

    [Test]
    public void Lookup_NodeOfAnotherGraph_IsNotThere()
    {
        var map = new NodeMap<int> { [Nodes().First] = 1 };
        Assert.That(map.ContainsKey(Nodes().First), Is.False);
        map.Remove(Nodes().First);
    }

    private static (Node First, Node Second, Node Third) Nodes()
    {
        var graph = new Graph();
        return (graph.Input("a", []).Node, graph.Input("b", []).Node, graph.Input("c", []).Node);
    }
}
