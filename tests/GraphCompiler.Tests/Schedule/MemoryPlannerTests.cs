using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Memory;
using GraphCompiler.Schedule;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Schedule;

public sealed class MemoryPlannerTests
{
    [Test]
    public void Finish_RandomLifetimes_NeverOverlapsAndStaysNearTheLeast([Range(0, 60)] int seed)
    {
        var random = new System.Random(seed);
        var planner = new MemoryPlanner();
        var (live, steps) = (new List<Storage>(), random.Next(1, 200));
        for (var step = 0; step < steps; step++)
        {
            var taken = Enumerable.Range(0, random.Next(4)).Select(i => Block($"b{step}_{i}")).ToList();
            taken.ForEach(b => planner.Take(b, random.NextInt64(1, 1L << random.Next(4, 24)), step));
            live.AddRange(taken);
            foreach (var over in live.Where(_ => random.Next(6) == 0).ToList())
            {
                if (random.Next(4) == 0)
                {
                    var next = Block(over.Name + "'");
                    planner.HandOver(over, next, step);
                    live.Add(next);
                }
                else
                {
                    planner.Release(over, step);
                }

                live.Remove(over);
            }
        }

        live.ForEach(b => planner.Release(b, steps));
        var plan = planner.Finish([]);
        var blocks = plan.Blocks;
        for (var i = 0; i < blocks.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var together = blocks[i].First <= blocks[j].Last && blocks[j].First <= blocks[i].Last;
                var touch = blocks[i].Offset < blocks[j].Offset + blocks[j].Bytes && blocks[j].Offset < blocks[i].Offset + blocks[i].Bytes;
                Assert.That(together && touch, Is.False, $"{blocks[i]} and {blocks[j]}");
            }
        }

        // Sizes over six orders of magnitude and lifetimes without any order: the best possible plan may need more than the sum alive.
        Assert.That(plan.ArenaBytes, Is.LessThanOrEqualTo(1.15 * plan.Peak().Bytes));
    }

    [Test]
    public void Finish_NothingTaken_IsEmpty() => Assert.That(new MemoryPlanner().Finish([]).ArenaBytes, Is.Zero);

    // A chain whose every value waits for the backward pass lives at once: no pair of blocks needs to be compared.
    [Test]
    public void Finish_HundredThousandBlocksAliveAtOnce_TakesNoMoreThanTheirSum()
    {
        const int Count = 100_000;
        var planner = new MemoryPlanner();
        var blocks = Enumerable.Range(0, Count).Select(i => Block($"b{i}")).ToArray();
        for (var i = 0; i < Count; i++)
        {
            planner.Take(blocks[i], 64, i);
        }

        for (var i = 0; i < Count; i++)
        {
            planner.Release(blocks[i], (2 * Count) - i);
        }

        Assert.That(planner.Finish([]).ArenaBytes, Is.EqualTo(64L * Count));
    }

    [Test]
    public void CreateExecution_NamedGraphsOver64KiB_AllocatesAtMostATenthMoreThanIsAlive([Values(1, 2)] int workers)
    {
        var measured = 0;
        foreach (var graph in MemoryGraphs.All)
        {
            using var compiled = graph.Compile(new CompileOptions { CacheDirectory = "" });
            using var variables = new Runtime.State.Variables();
            compiled.CreateExecution(variables, workers).Dispose(); // creates the variables
            var before = AlignedBuffer.LiveBytes;
            using var execution = compiled.CreateExecution(variables, workers);
            var (allocated, alive) = (AlignedBuffer.LiveBytes - before, compiled.LiveBytes(workers));
            TestContext.Out.WriteLine($"{graph.Name}: allocates {allocated:N0}, alive {alive:N0}, {(double)allocated / alive:F3}");
            Assert.That(allocated, Is.EqualTo(compiled.Layout.ExecutionBytes(workers)));
            if (alive > 64 << 10)
            {
                measured++;
                Assert.That(allocated, Is.LessThanOrEqualTo(1.1 * alive), graph.Name);
            }
        }

        Assert.That(measured, Is.GreaterThanOrEqualTo(4));
    }

    private static Storage Block(string name) => new(StorageKind.Arena, name, new TensorType(DType.Float32, [1]));
}
