using GraphCompiler.Operators;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>A line is summed in the documented order, to the bit, whatever its length and the target.</summary>
[TestFixtureSource(nameof(Targets))]
public sealed class ReductionOrderTests(string target)
{
    private const int Rest = 16;
    private const int Chunk = 1 << 14;

    private static string[] Targets => [.. TargetRunners.All.Select(static r => r.Target)];

    [Test]
    public void Sum_OfAnyLength_FollowsTheOrder([Values(32, 16)] int lanes)
    {
        // Doubles take the narrow loop, and so do short lines.
        for (var n = 3; n <= 100; n++)
        {
            var values = Draw(n);
            var x = new Graph("order").Input("x", [n]);
            _ = x.Graph.Output("y", lanes == 32 ? x.Sum() : x.Cast(DType.Float64).Sum());
            var sum = Run(x, values);
            var expected = lanes == 32 ? Ordered(values, n < 32 ? Rest : 32, static v => (float)v) : Ordered(values, Rest, static v => v);
            Assert.That(sum, Is.EqualTo(expected), $"{n} elements");
        }
    }

    [Test]
    public void Sum_OfASymbolicLength_FollowsTheOrderOfItsBound()
    {
        var graph = new Graph("order");
        var x = graph.Input("x", [Dim.Symbol("n", 100)]);
        graph.Output("y", x.Sum());
        for (var n = 0; n <= 100; n++)
        {
            Assert.That(Run(x, Draw(n)), Is.EqualTo(Ordered(Draw(n), 32, static v => (float)v)), $"{n} elements");
        }
    }

    [TestCase(2 * Chunk)]
    [TestCase(3 * Chunk + 5)]
    [TestCase(40 * Chunk + 17)]
    public void Sum_OfALongLine_AddsUpItsChunksInOrder(int n)
    {
        var x = new Graph("order").Input("x", [n]);
        _ = x.Graph.Output("y", x.Sum());
        var values = Draw(n);
        double[] chunks = [.. values.Chunk(Chunk).Select(static c => Ordered(c, 32, static v => (float)v))];
        Assert.That(Run(x, values), Is.EqualTo(chunks.Length < 3 ? (float)(chunks[0] + chunks[1]) : Ordered(chunks, chunks.Length < 32 ? Rest : 32, static v => (float)v)));
    }

    // Four registers at the end of a line, each with its mask, around calls in an inner loop: enough for the JIT of .NET 10
    // to mix up two mask registers, whereupon sums were not written. The line is long enough to be split.
    [Test]
    public void Sum_OverRowsBesideAFunction_IsWrittenToTheEnd()
    {
        const int Rows = 6, Columns = 40_007;
        var graph = new Graph("columns");
        var x = graph.Input("x", DType.Float64, [Rows, Columns]);
        var isDiagonal = graph.Iota(Rows).Reshape([Rows, 1]).EqualTo(graph.Iota(Columns));
        graph.Output("s", Op.Select(isDiagonal, x, graph.Constant(0.5, DType.Float64)).Sum([0]));
        graph.Output("y", x.Sigmoid());
        var values = new double[Rows * Columns];
        values.AsSpan().Fill(1);
        var sums = TargetRunners.Named(target).Run(graph, [(x, new ReferenceArray(DType.Float64, [Rows, Columns], values))])[0].Data;
        Assert.That(sums[..Rows], Is.All.EqualTo(3.5));
        Assert.That(sums[Rows..], Is.All.EqualTo(3));
    }

    private double Run(Tensor x, double[] values) =>
        TargetRunners.Named(target).Run(x.Graph, [(x, new ReferenceArray(DType.Float32, [values.Length], values))])[0].Data[0];

    private static double[] Draw(int count)
    {
        var random = new System.Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)((random.NextDouble() - 0.4) * Math.ScaleB(1, random.Next(-12, 12))))];
    }

    // Whole steps, then 16 at a time into the first lanes; lane i with lane i + lanes/2, and so on.
    private static double Ordered(double[] values, int lanes, Func<double, double> round)
    {
        var running = new double[lanes];
        var whole = values.Length / lanes * lanes;
        for (var i = 0; i < values.Length; i++)
        {
            var lane = i < whole ? i % lanes : (i - whole) % Rest;
            running[lane] = round(running[lane] + values[i]);
        }

        for (var half = lanes / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                running[i] = round(running[i] + running[i + half]);
            }
        }

        return running[0];
    }
}
