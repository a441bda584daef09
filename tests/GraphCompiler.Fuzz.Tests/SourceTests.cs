using GraphCompiler.Fuzz.Drawing;

namespace GraphCompiler.Fuzz.Tests;

/// <summary>What is generated depends on the graph and the target, and on nothing else.</summary>
public sealed class SourceTests
{
    [Test]
    public void Source_OfRandomGraphs_IsTheSameBytes()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            // Another graph between: identity hashes differ, and with them any order that depends on them.
            var first = Generate(seed);
            _ = Generate(seed + 1000);
            Assert.That(Generate(seed), Is.EqualTo(first), $"seed {seed}");
        }
    }

    private static string Generate(int seed)
    {
        var (steps, configuration) = (GraphGenerator.Draw(seed).Steps, new Cases.Configuration());
        var graph = steps.Build(everyNode: false).Graph;
        return Pipeline.Generate(graph, configuration.Options(configuration.Target, "Fuzz"), CancellationToken.None).Source;
    }
}
