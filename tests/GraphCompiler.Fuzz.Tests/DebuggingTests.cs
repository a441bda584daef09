using GraphCompiler.Compile;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Drawing;
using GraphCompiler.Reference;

namespace GraphCompiler.Fuzz.Tests;

/// <summary>Random graphs of all operators, saved and checked.</summary>
public sealed class DebuggingTests
{
    private const int Graphs = 24;
    private const int FirstSeed = 50_000;

    private static IEnumerable<FuzzCase> Cases => Enumerable.Range(FirstSeed, Graphs).Select(GraphGenerator.Draw);

    // The results are what the definition says, with the same bits on every target and number of workers. Where a value is
    // not finite the definition has one too: the mean of an empty batch, say, or a constant.
    [Test]
    public void CheckNumerics_OnRandomGraphs_ChangesNothingAndBlamesOnlyWhatIsNotFinite()
    {
        FuzzCase[] cases =
        [
            .. Cases.Select(static c => c with
            {
                Configuration = c.Configuration with { ChecksNumerics = true },
                Runs = [.. c.Runs.Where(static r => !r.HasSpecials)],
            }),
        ];

        var failures = CaseBatch.Run(cases, new PhaseTimes());

        using (Assert.EnterMultipleScope())
        {
            foreach (var (fuzz, failure) in cases.Zip(failures).Where(static p => p.Second is not null))
            {
                var message = failure!.Message.Split('\n')[0];
                TestContext.Out.WriteLine($"seed {fuzz.Seed}: {message}");
                Assert.That(message.Contains("GRC0470", StringComparison.Ordinal) && fuzz.Runs.Any(r => !IsFinite(fuzz, r)), Is.True, $"seed {fuzz.Seed}: {failure}");
            }

            Assert.That(failures.Count(static f => f is null), Is.GreaterThan(Graphs / 2), "most have nothing to blame");
        }
    }

    private static bool IsFinite(FuzzCase fuzz, RunInput input)
    {
        var graph = fuzz.Steps.Build(fuzz.Configuration.ReturnsEveryNode).Graph;
        var interpreter = new Interpreter(rounding: true);
        foreach (var symbol in graph.Nodes.SelectMany(static n => n.Results).SelectMany(static r => r.Shape.SelectMany(static d => d.Symbols)).Distinct())
        {
            interpreter.Set(symbol, input.ValueOf(symbol));
        }

        foreach (var (leaf, value) in input.Feeds(graph))
        {
            interpreter.Feed(leaf, value);
        }

        return graph.Nodes.Where(static n => n.Operator is not Operators.UpstreamOp)
            .SelectMany(static n => n.Results).All(r => interpreter.Evaluate(r).Data.All(double.IsFinite));
    }

    [Test]
    public void Load_OfRandomGraphs_IsTheSavedOne()
    {
        foreach (var fuzz in Cases)
        {
            var graph = fuzz.Steps.Build(fuzz.Configuration.ReturnsEveryNode).Graph;
            using var file = new MemoryStream();
            graph.Save(file);
            file.Position = 0;
            var loaded = Graph.Load(file);

            var options = fuzz.Configuration.Options(fuzz.Configuration.Target, "Saved");
            Assert.That(GraphKey.Of(loaded, options), Is.EqualTo(GraphKey.Of(graph, options)), $"seed {fuzz.Seed}");
        }
    }
}
