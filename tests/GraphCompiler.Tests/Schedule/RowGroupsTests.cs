using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Runtime.State;
using GraphCompiler.Schedule;

namespace GraphCompiler.Tests.Schedule;

/// <summary>Who looks for a partner among the groups of a space asks as many as share its memory, and never all.</summary>
public sealed class RowGroupsTests
{
    private const int Groups = 500;

    private readonly Shape _shape = [4, 8];

    [Test]
    public void Touching_ManyReadersOfOneTensor_AreAFewNearTheGroup()
    {
        var (table, x) = Readers();
        var rows = new RowGroups(table, table.Groups);
        foreach (var position in new[] { 0, 250, Groups - 1 })
        {
            var near = rows.Touching(Reader(position, x)).ToList();
            Assert.That(near, Has.Count.EqualTo(64));
            Assert.That(near.Select(g => Math.Abs(g.Position - position)).Max(), Is.LessThanOrEqualTo(64));
            Assert.That(near, Is.Ordered.By(nameof(Group.Position)), "the order in which they were given");
        }
    }

    [Test]
    public void Touching_NoSharedMemory_IsEmpty()
    {
        var (table, x) = Readers();
        var other = x.Graph.Input("other", _shape);
        Assert.That(new RowGroups(table, table.Groups).Touching(Reader(7, other)), Is.Empty);
    }

    [Test]
    public void Extend_TensorThatNobodyRead_FindsTheGroupByIt()
    {
        var (table, x) = Readers();
        var rows = new RowGroups(table, table.Groups);
        var other = x.Graph.Input("other", _shape);
        rows.Extend(table.Groups[3], [other]);
        rows.Extend(table.Groups[3], [other, x]);
        Assert.That(rows.Touching(Reader(7, other)), Is.EqualTo(new[] { table.Groups[3] }));
    }

    /// <summary>Scale and shift of every normalisation: their gradients are sums of columns, which go to the pass over rows next to them.</summary>
    [TestCase(4)]
    [TestCase(400)]
    public void Run_ManyNormalizations_EachSumOfColumnsFindsItsRows(int layers)
    {
        var graph = new Graph("deep");
        var (h, parameters) = (graph.Input("x", [16, 32]), new List<Tensor>());
        for (var i = 0; i < layers; i++)
        {
            parameters.Add(graph.Parameter($"scale{i}", [32], Init.Zeros));
            parameters.Add(graph.Parameter($"shift{i}", [32], Init.Zeros));
            h += h.LayerNorm(parameters[^2], parameters[^1]);
        }

        graph.Output("y", h);
        var gradients = graph.Gradients(graph.Output("loss", h.Sum()), [.. parameters]);
        for (var i = 0; i < parameters.Count; i++)
        {
            graph.Output($"d{i}", gradients[i]);
        }

        var schedule = Scheduler.Run(Optimizer.Run(graph, graph.Outputs, graph.Updates, new OptimizerOptions()).Graph);
        var alone = schedule.Groups.Count(g => g.Kind == GroupKind.Reduction && g.Reduced.SequenceEqual([0]));
        Assert.That(alone, Is.LessThanOrEqualTo(2));
    }

    // Groups of one node each, all of which read one tensor.
    private (GroupTable Table, Tensor Read) Readers()
    {
        var graph = new Graph("readers");
        var x = graph.Input("x", _shape);
        for (var i = 0; i < Groups; i++)
        {
            graph.Output($"y{i}", x * (i + 2f));
        }

        var table = new GroupTable(new Legalizer(graph));
        foreach (var (_, tensor) in graph.Outputs)
        {
            var group = new Group(table.Groups.Count, GroupKind.Pointwise, _shape, []);
            table.Groups.Add(group);
            table.Add(tensor.Node, group, Level.Point);
        }

        return (table, x);
    }

    private Group Reader(int position, Tensor tensor)
    {
        var group = new Group(position, GroupKind.Reduction, _shape, [0]);
        group.Reads.Add(tensor);
        return group;
    }
}
