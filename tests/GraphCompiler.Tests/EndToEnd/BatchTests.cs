using System.Runtime.CompilerServices;
using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Runtime.Tests.Support;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>One compilation serves every batch up to the bound; rows behind the batch are neither read nor written.</summary>
public sealed class BatchTests
{
    private const int MaxBatch = 37;
    private const int Features = 5;

    [Test]
    public unsafe void Run_EveryBatch_StaysWithinItsRows([Values(1, 2, 3)] int workers)
    {
        var graph = Model();
        var count = 0;
        using var compiled = GraphCompilation.Run(
            graph,
            Steps.Options,
            (g, o, c) =>
            {
                count++;
                return Pipeline.Generate(g, o, c);
            },
            default);
        using var execution = compiled.CreateExecution(workers: workers);
        using var whole = compiled.CreateExecution(workers: 1);
        using var x = new GuardedBuffer(MaxBatch * Features * sizeof(float));
        using var y = new GuardedBuffer(MaxBatch * 3 * sizeof(float));
        var rows = Steps.Range(MaxBatch * Features, from: -1, step: 0.013f);
        whole.Feed<float>("x", rows);
        whole.Run();
        var expected = whole.Read<float>("y");
        for (var batch = 1; batch <= MaxBatch; batch++)
        {
            // The last row ends where the page ends: one more element is a fault.
            var input = x.AtEnd<float>(batch * Features);
            var output = y.AtEnd<float>(batch * 3);
            rows.AsSpan(0, input.Length).CopyTo(input);
            execution.Bind("batch", batch);
            execution.Feed<float>("x", input);
            execution.Place("x", SlotKind.Input, (nint)Unsafe.AsPointer(ref input[0]));
            execution.Place("y", SlotKind.Output, (nint)Unsafe.AsPointer(ref output[0]));
            execution.Poison();
            execution.Run();
            Assert.That(output.ToArray(), Is.EqualTo(expected[..(batch * 3)]), $"batch {batch}");
        }

        Assert.That(count, Is.EqualTo(1));
    }

    [Test]
    public void Run_PartialBatch_LeavesTheRestOfTheOutputAlone()
    {
        using var execution = Steps.Start(Model());
        execution.Bind("batch", MaxBatch);
        execution.Feed<float>("x", Steps.Range(4 * Features));
        execution.Poison();
        execution.Run();
        execution.Bind("batch", MaxBatch);
        var y = execution.Read<float>("y");
        Assert.That(y[..12], Has.None.NaN);
        Assert.That(y[12..], Is.All.NaN, "poisoned before the run");
    }

    [Test]
    public void Run_Gradients_OfPartialBatch_AreThoseOfItsRows()
    {
        var graph = new Graph();
        var batch = Dim.Symbol("batch", MaxBatch);
        var x = graph.Input("x", [batch, Features]);
        var w = graph.Parameter("w", [Features, 3], Init.Glorot(seed: 5));
        graph.Output("dw", graph.Gradients(x.MatMul(w).Tanh().Mean(), w)[0]);
        using var compiled = graph.Compile(Steps.Options);
        using var poisoned = compiled.CreateExecution();
        using var fresh = compiled.CreateExecution();
        foreach (var n in new[] { MaxBatch, 1, 8, 36, 3 })
        {
            var rows = Steps.Range(n * Features, from: -1, step: 0.01f);
            poisoned.Feed<float>("x", rows);
            poisoned.Poison();
            poisoned.Run();
            fresh.Feed<float>("x", rows);
            fresh.Run();
            Assert.That(poisoned.Read<float>("dw"), Is.EqualTo(fresh.Read<float>("dw")));
            Assert.That(poisoned.Read<float>("dw"), Has.None.NaN);
        }
    }

    [Test]
    public void Source_OfABatch_LoopsToItsValue()
    {
        using var compiled = Model().Compile(Steps.Options);
        Assert.That(compiled.Source, Does.Contain("nint batch = w.Symbol(0);"));
        var code = compiled.Source[compiled.Source.IndexOf("namespace", StringComparison.Ordinal)..]; // without the header's hash
        Assert.That(code, Does.Not.Contain(MaxBatch.ToString(System.Globalization.CultureInfo.InvariantCulture)), "the bound is in the plan alone");
    }

    // Contraction, reductions along rows and a pointwise end: everything that loops over the batch.
    private static Graph Model()
    {
        var graph = new Graph("batch");
        var x = graph.Input("x", [Dim.Symbol("batch", MaxBatch), Features]);
        var h = (x.MatMul(graph.Parameter("w", [Features, 7], Init.Glorot(seed: 3))) + x.Sum([1], keepDims: true)).Sigmoid();
        graph.Output("y", h.MatMul(graph.Parameter("v", [7, 3], Init.Glorot(seed: 4))).Softmax());
        return graph;
    }
}
