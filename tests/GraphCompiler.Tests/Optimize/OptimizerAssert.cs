using GraphCompiler.Optimize;

namespace GraphCompiler.Tests.Optimize;

/// <summary>What must hold after optimizing any graph.</summary>
internal static class OptimizerAssert
{
    /// <summary>
    /// Optimizes all outputs: the result passes the verifier, has the same bits on special values, and a second run
    /// changes nothing and makes no node. Answers the names of the rules that fired.
    /// </summary>
    public static (Graph Graph, List<string> Rules) Optimizes(Graph graph)
    {
        var rules = new List<string>();
        var options = new OptimizerOptions
        {
            Trace = (rule, node, _) =>
            {
                rules.Add(rule);
                GraphVerifier.Verify(node.Graph);
            },
        };
        var optimized = Optimizer.Run(graph, graph.Outputs, graph.Updates, options).Graph;
        GraphVerifier.Verify(optimized, "Optimize");
        var second = Optimizer.Run(optimized, optimized.Outputs, optimized.Updates, new OptimizerOptions { Trace = (rule, node, _) => Assert.Fail($"{rule} again at {node}") });
        Assert.That(second.Graph.ToString(), Is.EqualTo(optimized.ToString()));

        var order = graph.Leaves.Keys.ToArray();
        var (expected, actual) = (SpecialValues.Feed(graph, order), SpecialValues.Feed(optimized, order));
        for (var i = 0; i < graph.Outputs.Count; i++)
        {
            AssertSame(graph, optimized, expected.Evaluate(graph.Outputs[i].Tensor).Data, actual.Evaluate(optimized.Outputs[i].Tensor).Data);
        }

        return (optimized, rules);
    }

    private static void AssertSame(Graph graph, Graph optimized, double[] expected, double[] actual)
    {
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
        for (var i = 0; i < expected.Length; i++)
        {
            if (!SpecialValues.Same(expected[i], actual[i]))
            {
                Assert.Fail($"element {i} is {actual[i]:R}, not {expected[i]:R}:\n{graph}\n{optimized}");
            }
        }
    }
}
