using GraphCompiler.Optimize;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// The rules of an operator keep every bit, signs of zero, infinities and NaN included, on a machine that rounds each result to its type.
/// </summary>
public sealed class RewriteLaw
{
    // Math.Pow is within 1 ULP, x·x is correctly rounded: in double the two may differ in the last bit, and the rule then improves it.
    private static readonly Dictionary<string, int> AllowedUlps = new(StringComparer.Ordinal) { ["pow-two"] = 1 };

    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Rules_WhereverTheyApply_KeepEveryBit(string name)
    {
        var samples = OperatorSamples.Named(name);
        var applied = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sample in samples.Samples.Concat(samples.Rewrites.Select(static r => r.Sample)))
        {
            var scope = new SampleScope(sample);
            foreach (var node in scope.Graph.Nodes.ToArray())
            {
                foreach (var rule in node.Operator.Rewrites)
                {
                    if (rule.Apply(node) is { } replacement)
                    {
                        applied.Add(rule.Name);
                        Check(scope, node.Results[0], replacement, rule);
                    }
                }
            }
        }

        if (samples.Operator is not null)
        {
            var all = samples.Samples.Select(static s => new SampleScope(s)).SelectMany(static s => s.Graph.Nodes).First(samples.IsSubject).Operator.Rewrites;
            Assert.That(all.Select(static r => r.Name).Where(r => !applied.Contains(r)), Is.Empty, "every rule has a sample that it applies to");
        }
    }

    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Rule_OnItsSample_Applies(string name)
    {
        foreach (var (rule, sample) in OperatorSamples.Named(name).Rewrites)
        {
            var node = new SampleScope(sample).Results[0].Tensor.Node;
            Assert.That(node.Operator.Rewrites.Single(r => r.Name == rule).Apply(node), Is.Not.Null, $"{rule} on {sample}");
        }
    }

    private static void Check(SampleScope scope, Tensor before, Tensor after, Rule rule)
    {
        Assert.That(after.Type, Is.EqualTo(before.Type), $"{rule.Name} on {scope.Sample}");
        foreach (var n in scope.Sample.Runs)
        {
            var run = scope.Run(n, rounding: true);
            var (expected, actual) = (run.Evaluate(before).Data, run.Evaluate(after).Data);
            if (AllowedUlps.TryGetValue(rule.Name, out var ulps))
            {
                Assert.That(expected.Zip(actual, (e, a) => Ulps.Distance(a, e, before.DType)), Has.All.LessThanOrEqualTo(ulps), $"{rule.Name} on {scope.Sample}");
            }
            else
            {
                Assert.That(Bits.FirstDifference(actual, expected), Is.Null, $"{rule.Name} ({rule.Law}) on {scope.Sample}, n = {n}");
            }
        }
    }
}
