using GraphCompiler.Reference;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// Compiled code computes what the definition says, on every target. All samples of an operator are outputs of one graph, so that
/// an operator is compiled once for a target; symbolic samples take all their extents, run by run.
/// </summary>
public sealed class CompiledLaw
{
    private static IEnumerable<TestCaseData> Cases =>
        from samples in OperatorSamples.All
        where samples.IsCompiled
        from runner in TargetRunners.All
        select new TestCaseData(samples.Name, runner.Target);

    // Without an implementation of ITargetRunner there is no case, and the law holds of nothing.
    [TestCaseSource(nameof(Cases))]
    public void Run_EverySample_IsWithinToleranceOfTheDefinition(string name, string target) =>
        Check(OperatorSamples.Named(name), TargetRunners.Named(target));

    /// <summary>The law held against the definition itself: what tolerances and bookkeeping must let pass.</summary>
    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Run_OfTheRoundingInterpreter_IsWithinTolerance(string name) =>
        Check(OperatorSamples.Named(name), new InterpreterRunner());

    private static void Check(OperatorSamples samples, ITargetRunner runner)
    {
        var graph = new Graph(samples.Name);
        var scopes = samples.Samples.Select((sample, i) => new SampleScope(sample, graph: graph, prefix: $"s{i}_", isComplete: true)).ToArray();
        foreach (var (scope, i) in scopes.Select(static (s, i) => (s, i)))
        {
            for (var r = 0; r < scope.Results.Count; r++)
            {
                graph.Output($"y{i}_{r}", scope.Results[r].Tensor);
            }
        }

        var runs = scopes.Max(static s => s.Sample.Runs.Length);
        for (var run = 0; run < runs; run++)
        {
            var extents = scopes.Select(s => s.Sample.Runs[Math.Min(run, s.Sample.Runs.Length - 1)]).ToArray();
            var outputs = runner.Run(graph, [.. scopes.SelectMany((s, i) => s.Feeds(extents[i]))]);
            var at = 0;
            for (var i = 0; i < scopes.Length; i++)
            {
                foreach (var (tensor, _, _) in scopes[i].Results)
                {
                    var problem = Closeness.Problem(samples.Tolerance, outputs[at++], tensor, scopes[i], extents[i]);
                    Assert.That(problem, Is.Null, $"{runner.Target}: {scopes[i].Sample}, n = {extents[i]}");
                }
            }
        }
    }

    // Not an ITargetRunner that reflection may find: it would make a case of the definition against itself everywhere.
    private sealed class InterpreterRunner : ITargetRunner
    {
        public string Target => "interpreter";

        public bool IsSupported => false;

        public ReferenceArray[] Run(Graph graph, IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> feeds)
        {
            var interpreter = new Interpreter(rounding: true);
            foreach (var (leaf, value) in feeds)
            {
                interpreter.Feed(leaf, value);
            }

            return [.. graph.Outputs.Select(o => interpreter.Evaluate(o.Tensor))];
        }
    }
}
