using System.Runtime.CompilerServices;
using GraphCompiler.Operators;
using GraphCompiler.Optimize;

namespace GraphCompiler.Tests.Optimize;

public sealed class RuleTests
{
    private static IEnumerable<TestCaseData> Cases =>
        RuleCases.All.Select((c, i) => new TestCaseData(c).SetArgDisplayNames($"{i} {c}"));

    [TestCaseSource(nameof(Cases))]
    public void Rule_AtItsPattern_FiresAndKeepsBits(object boxed)
    {
        var example = (RuleCase)boxed;
        var graph = new Graph();
        graph.Output("y", example.Build(graph));

        var (optimized, rules) = OptimizerAssert.Optimizes(graph);

        Assert.That(rules, Is.SupersetOf(example.Fires), optimized.ToString());
        var left = optimized.Nodes.Where(n => n.Operator is not InputOp).Select(n => n.Operator.Name);
        Assert.That(string.Join(' ', left), Is.EqualTo(example.Left), optimized.ToString());
    }

    [TestCaseSource(nameof(Cases))]
    public void Rule_SwitchedOff_DoesNotFire(object boxed)
    {
        var example = (RuleCase)boxed;
        var graph = new Graph();
        graph.Output("y", example.Build(graph));
        var fired = new List<string>();

        Optimizer.Run(graph, graph.Outputs, [], new OptimizerOptions { DisabledRules = [example.Rule], Trace = (rule, _, _) => fired.Add(rule) });

        Assert.That(fired, Has.None.EqualTo(example.Rule));
    }

    [Test]
    public void Rules_All_HaveACaseADistinctNameAndALaw()
    {
        var own = typeof(Operator).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract)
            .SelectMany(t => ((Operator)RuntimeHelpers.GetUninitializedObject(t)).Rewrites);
        var rules = own.Concat(RuleTable.Rules).ToArray();

        Assert.That(rules.Select(r => r.Name), Is.Unique);
        Assert.That(rules.Select(r => r.Law), Has.All.Not.Empty);
        Assert.That(RuleCases.All.Select(c => c.Rule).Distinct(), Is.EquivalentTo(rules.Select(r => r.Name)));
    }
}
